"""What is known of a submission after its grading: the verdicts in its notebooks, the points in the gradebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbgrader.api import MissingEntry

from gradus.judging import VERDICT_MIME
from gradus_staff.course import Course

__all__ = ["Graded", "graded_before", "read_gradebook", "verdicts_of"]


@dataclass
class Graded:
    """What became of one submission.

    status     "graded", or "failed" where nothing could be judged (then every question scores 0)
    sandbox    "bubblewrap", or "none" where the submission's code ran without protection; empty where it did not run
    questions  one dictionary a graded cell: the verdict (gradus.judging.verdict), and its grade_id
    """

    student: str
    assignment: str
    status: str = "graded"
    message: str = ""
    points: float = 0.0
    max_points: float = 0.0
    needs_manual_grade: bool = False
    seconds: float = 0.0
    sandbox: str = ""
    questions: list[dict[str, Any]] = field(default_factory=list)


def graded_before(course: Course, assignment: str, student: str) -> Graded:
    """What a grading has left in files and gradebook; nothing is run. Status "failed" where there is nothing."""
    graded = Graded(student, assignment)
    graded.questions, unreadable = verdicts_of(course, assignment, student)
    graded.sandbox = next((str(one["sandbox"]) for one in graded.questions if one.get("sandbox")), "")
    if unreadable or not course.folder("autograded", student, assignment).is_dir():
        graded.status = "failed"
        graded.message = f"{student}/{assignment}: {unreadable or 'not graded yet'}"
    read_gradebook(course, graded)
    return graded


def verdicts_of(course: Course, assignment: str, student: str) -> tuple[list[dict[str, Any]], str]:
    """The verdicts in the autograded notebooks, in order, and the sentence of a file that could not be read at all."""
    found, unreadable = [], ""
    for path in sorted(course.folder("autograded", student, assignment).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if VERDICT_MIME in output.get("data", {}):
                    verdict = dict(output["data"][VERDICT_MIME])
                    found.append({"notebook": path.stem, **verdict})
        messages = {verdict["message"] for verdict in found}
        if len(messages) == 1 and (message := messages.pop()).startswith("The submitted file"):
            unreadable = message
    return found, unreadable


def read_gradebook(course: Course, graded: Graded) -> None:
    """Fill in the points that the gradebook has, those given by hand among them."""
    with course.gradebook() as gradebook:
        try:
            submission = gradebook.find_submission(graded.assignment, graded.student)
        except MissingEntry:
            return
        graded.points, graded.max_points = float(submission.score), float(submission.max_score)
        graded.needs_manual_grade = bool(submission.needs_manual_grade)
