"""nbgrader's own table of grades, quoted so that commas in names and formulas do no harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nbgrader.api import Gradebook

from gradus_staff.export.grades import GradesExport, harmless

__all__ = ["TableExport"]

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class TableExport(GradesExport):
    """One line a student and assignment, with the columns of `nbgrader export`; 0 points for what is missing."""

    def rows(self, gradebook: Gradebook) -> Iterable[Sequence[str]]:
        yield COLUMNS
        for assignment in self.assignments(gradebook):
            for student in self.students(gradebook):
                grade = self.grade(gradebook, assignment.name, student.id)
                when = grade.timestamp if grade else None
                who = (student.id, student.last_name, student.first_name, student.email)
                points = (grade.raw, grade.penalty, grade.points) if grade else (0.0, 0.0, 0.0)
                yield [
                    *map(harmless, (assignment.name, assignment.duedate, when, *who)),
                    *map(str, (*points, float(assignment.max_score))),
                ]
