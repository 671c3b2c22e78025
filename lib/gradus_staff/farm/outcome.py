"""What came of grading one submission, as plain data: from a worker to the writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Outcome", "Score", "Scored"]


@dataclass(frozen=True)
class Score:
    """What nbgrader's autograde found for one cell. points: None where a person must read."""

    points: float | None
    needs_manual_grade: bool


@dataclass(frozen=True)
class Scored:
    """What nbgrader's autograde found for one notebook.

    grades      grade id -> score                      comments  grade id -> "No response." or None
    is_missing  True where it was not submitted
    """

    notebook: str
    grades: dict[str, Score] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    is_missing: bool = False


@dataclass(frozen=True)
class Outcome:
    """One submission, graded or not.

    problem   why it could not be graded; empty where it was       files  name -> (content, mode), as under autograded/
    verdicts  as in gradus_staff.results.Graded.questions          unreadable  why its notebook could not be read
    seconds   that the worker needed                               worker  a name for it
    """

    student: str
    assignment: str
    problem: str = ""
    unreadable: str = ""
    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    notebooks: tuple[Scored, ...] = ()
    verdicts: tuple[dict[str, Any], ...] = ()
    seconds: float = 0.0
    worker: str = ""
