"""What came of grading one submission, as plain data: from a worker to the writer."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Outcome", "Scored"]


@dataclass(frozen=True)
class Scored:
    """What nbgrader's autograde found for one notebook.

    scores    grade id -> points, None where a person must read        comments  grade id -> "No response." or None
    """

    notebook: str
    scores: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """One submission, graded or not.

    problem  why it could not be graded; empty where it was        files  name -> (content, mode), as under autograded/
    seconds  that the worker needed                                worker a name for it
    """

    student: str
    assignment: str
    problem: str = ""
    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    notebooks: tuple[Scored, ...] = ()
    seconds: float = 0.0
    worker: str = ""
