"""Grades for the gradebook import of Canvas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nbgrader.api import Gradebook
from traitlets import Enum, Unicode

from gradus_staff.export.grades import GradesExport, harmless, number

__all__ = ["CanvasExport"]


class CanvasExport(GradesExport):
    """Student, ID, SIS Login ID, Section, one column an assignment; below the headings, the points possible.

    Canvas finds students by ID (nbgrader's lms_user_id), else by SIS Login ID. It finds an assignment by the number in
    brackets, as in "Homework 1 (4711)", else by its title; an unknown one it offers to create. An empty cell changes
    nothing there.
    """

    default_file = "grades-canvas.csv"

    section = Unicode("", help="What stands in the column Section.").tag(config=True)
    login = Enum(["id", "email"], "id", help="What the students log in with: their id here, or their address.")
    login.tag(config=True)

    def rows(self, gradebook: Gradebook) -> Iterable[Sequence[str]]:
        assignments = self.assignments(gradebook)
        titles = [harmless(self.columns.get(one.name, one.name)) for one in assignments]
        yield ["Student", "ID", "SIS Login ID", "Section", *titles]
        yield ["    Points Possible", "", "", "", *(number(one.max_score) for one in assignments)]
        for student in self.students(gradebook):
            grades = [self.grade(gradebook, one.name, student.id) for one in assignments]
            cells = [number(grade.points) if grade else "" for grade in grades]
            login = student.email if self.login == "email" else student.id
            yield [*map(harmless, (_name(student), student.lms_user_id, login, self.section)), *cells]


def _name(student: Any) -> str:
    """As Canvas sorts them: last name, first name."""
    return ", ".join(filter(None, [student.last_name, student.first_name])) or str(student.id)
