"""Marks given by hand: what the formgrader does when a person reads a prose answer, through nbgrader's own API."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import MissingEntry

from gradus_staff.course import Course, CourseError

__all__ = ["Total", "mark", "total", "unmarked"]


@dataclass(frozen=True)
class Total:
    """The points of one submission, by who gave them."""

    automatic: float
    by_hand: float
    score: float
    max_score: float
    waiting: int
    """How many answers still wait to be read."""


def mark(course: Course, assignment: str, student: str, grade_id: str, points: float, comment: str = "") -> None:
    """Give points and a comment for one prose answer. CourseError where there is none, or too many points."""
    with course.gradebook() as gradebook:
        submission = _submission(gradebook, assignment, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.name == grade_id:
                    if not 0 <= points <= grade.max_score:
                        raise CourseError(f"{grade_id} is worth 0 to {grade.max_score:g} points, not {points:g}")
                    grade.manual_score, grade.needs_manual_grade = points, False
            for entry in notebook.comments:
                if entry.name == grade_id and comment:
                    entry.manual_comment = comment
        names = {grade.name for notebook in submission.notebooks for grade in notebook.grades}
        if grade_id not in names:
            raise CourseError(f"{assignment} has no graded cell {grade_id!r}; it has {', '.join(sorted(names))}")
        gradebook.db.commit()


def unmarked(course: Course, assignment: str, student: str) -> list[str]:
    """The answers that wait to be read."""
    with course.gradebook() as gradebook:
        submission = _submission(gradebook, assignment, student)
        return [
            grade.name for notebook in submission.notebooks for grade in notebook.grades if grade.needs_manual_grade
        ]


def total(course: Course, assignment: str, student: str) -> Total:
    """Add up, and compare with what nbgrader adds up."""
    with course.gradebook() as gradebook:
        submission = _submission(gradebook, assignment, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        return Total(
            automatic=sum(g.auto_score or 0.0 for g in grades if g.manual_score is None),
            by_hand=sum(g.manual_score for g in grades if g.manual_score is not None),
            score=float(submission.score),
            max_score=float(submission.max_score),
            waiting=sum(bool(g.needs_manual_grade) for g in grades),
        )


def _submission(gradebook, assignment: str, student: str):  # type: ignore[no-untyped-def]
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        raise CourseError(f"{student} has no graded submission of {assignment}") from None
