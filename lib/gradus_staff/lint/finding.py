"""One thing that an author has forgotten."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """What is wrong, in a sentence, and what to do about it.

    rule  its name, as in docs/authoring.md      question  the question or cell; empty where it is the whole assignment
    """

    rule: str
    assignment: str
    question: str
    sentence: str
    to_do: str

    def __str__(self) -> str:
        where = f"{self.assignment}/{self.question}" if self.question else self.assignment
        return f"{where}: {self.sentence} {self.to_do}"
