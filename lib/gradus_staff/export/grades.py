"""What every export shares: the chosen students and assignments, their points, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Unicode

from gradus_staff.course import Course

__all__ = ["Grade", "GradesExport", "harmless", "number"]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Grade:
    """The points of one submission, before and after late days."""

    raw: float
    penalty: float
    max_points: float
    timestamp: datetime | None
    is_waiting: bool

    @property
    def points(self) -> float:
        return max(0.0, self.raw - self.penalty)


class GradesExport(ExportPlugin):
    """The base of our exports. A subclass sets `default_file` and gives the rows."""

    default_file = "grades.csv"

    columns = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="What assignments are called over there, by their names here.",
    ).tag(config=True)

    def __init__(self, course: Course | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._course = course
        self.waiting: list[str] = []
        """STUDENT/ASSIGNMENT of the exported submissions that a person has still to mark."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file `self.to`, or the default one. UTF-8 with CRLF, as RFC 4180 says."""
        self.to: str = self.to or self.default_file
        rows = list(self.rows(gradebook))
        with Path(self.to).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.log.info("Exported the grades to %s", self.to)
        if self.waiting:
            self.log.warning("Still to be marked by hand: %s", ", ".join(self.waiting))

    def rows(self, gradebook: Gradebook) -> Iterable[Sequence[str]]:
        """All rows of the file, headings first."""
        raise NotImplementedError

    @property
    def course(self) -> Course:
        """The course whose files belong to the gradebook."""
        if self._course is None:
            directory = getattr(self.parent, "coursedir", None)
            self._course = Course(Path(directory.root) if directory else Path())
        return self._course

    def assignments(self, gradebook: Gradebook) -> list[Any]:
        """The gradebook's assignments that are wanted."""
        wanted = {str(name) for name in self.assignment}
        return [one for one in gradebook.assignments if not wanted or one.name in wanted]

    def students(self, gradebook: Gradebook) -> list[Any]:
        """The gradebook's students that are wanted."""
        wanted = {str(name) for name in self.student}
        return [one for one in gradebook.students if not wanted or one.id in wanted]

    def grade(self, gradebook: Gradebook, assignment: str, student: str) -> Grade | None:
        """The points of one submission; None where nothing was handed in."""
        try:
            found = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return None
        if found.needs_manual_grade:
            self.waiting.append(f"{student}/{assignment}")
        return Grade(
            raw=float(found.score),
            penalty=float(found.late_submission_penalty or 0.0),
            max_points=float(found.max_score),
            timestamp=found.timestamp,
            is_waiting=bool(found.needs_manual_grade),
        )


def harmless(text: object) -> str:
    """A cell that a spreadsheet shows as text: what would start a formula gets an apostrophe in front."""
    cell = "" if text is None else str(text)
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def number(points: float) -> str:
    """Points with a decimal point and at most two digits behind it.

    >>> number(12.5), number(40.0), number(1 / 3)
    ('12.5', '40', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
