"""Grade a class: one submission after another, each whole or not at all, and never an old grade for a new failure."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde

from gradus_staff.course import Course, CourseError
from gradus_staff.execute import VERDICT_MIME, SandboxError, require_sandbox

__all__ = ["Graded", "grade_class", "grade_submission", "sandbox_of"]

log = logging.getLogger("gradus")


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


def grade_class(
    course: Course,
    assignment: str,
    students: Iterable[str] | None = None,
    on_graded: Callable[[Graded], None] = lambda graded: None,
) -> list[Graded]:
    """Grade everybody who submitted, or the students named. Raises CourseError before anybody is graded, or never."""
    if sandbox_of(course) != "none":
        try:
            require_sandbox()
        except SandboxError as error:
            raise CourseError(str(error)) from error
    course.require_assignment(assignment)
    submitted = course.students(assignment)
    chosen = submitted if students is None else list(students)
    if unknown := sorted(set(chosen) - set(submitted)):
        raise CourseError(f"no submission of {assignment} by: {', '.join(unknown)}")
    if not chosen:
        raise CourseError(f"nobody has submitted {assignment}; submissions belong into submitted/STUDENT/{assignment}/")
    results = []
    for student in chosen:
        results.append(grade_submission(course, assignment, student))
        on_graded(results[-1])
    return results


def sandbox_of(course: Course) -> str:
    """What the course's configuration says about the sandbox."""
    return str(course.config.Execute.get("sandbox", "bubblewrap"))


def grade_submission(course: Course, assignment: str, student: str) -> Graded:
    """Grade one submission through nbgrader's own converter, so that files and gradebook are as nbgrader's."""
    started = time.monotonic()
    graded = Graded(student, assignment)
    problem = _autograde(course, assignment, student)
    if problem:
        graded.status, graded.message = "failed", f"{student}/{assignment}: {problem}"
        _score_nothing(course, assignment, student)
    else:
        graded.questions, unreadable = _verdicts(course, assignment, student)
        graded.sandbox = next((str(one["sandbox"]) for one in graded.questions if one.get("sandbox")), "")
        if unreadable:
            graded.status, graded.message = "failed", f"{student}/{assignment}: {unreadable}"
    _read_gradebook(course, graded)
    graded.seconds = time.monotonic() - started
    return graded


def _autograde(course: Course, assignment: str, student: str) -> str:
    """Run nbgrader's converter. Returns what went wrong, or nothing."""
    converter = Autograde(coursedir=course.directory(assignment, student), config=course.config)
    converter.force = True
    converter.log = log
    noise = StringIO()
    try:
        with redirect_stderr(noise):
            converter.start()
    except (Exception, SystemExit) as error:
        log.debug("%s/%s", student, assignment, exc_info=True)
        reason = str(error).strip() or type(error).__name__
        if not any(course.folder("submitted", student, assignment).glob("*.ipynb")):
            return "there is no notebook in the submission, so nothing was judged. Ask for it to be submitted again"
        return f"the submission could not be graded: {reason}"
    return ""


def _score_nothing(course: Course, assignment: str, student: str) -> None:
    """A failed grading leaves no earlier score standing; what a person has marked stays."""
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(assignment, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0.0
                grade.needs_manual_grade = grade.manual_score is not None
        gradebook.db.commit()


def _verdicts(course: Course, assignment: str, student: str) -> tuple[list[dict[str, Any]], str]:
    """The verdicts in the autograded notebooks, and the sentence of a file that could not be read at all."""
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


def _read_gradebook(course: Course, graded: Graded) -> None:
    with course.gradebook() as gradebook:
        try:
            submission = gradebook.find_submission(graded.assignment, graded.student)
        except MissingEntry:
            return
        graded.points, graded.max_points = float(submission.score), float(submission.max_score)
        graded.needs_manual_grade = bool(submission.needs_manual_grade)
