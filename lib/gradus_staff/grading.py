"""Grade a class: one submission after another, each whole or not at all, and never an old grade for a new failure."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from io import StringIO

from nbgrader.converters import Autograde

from gradus_staff.course import Course, CourseError
from gradus_staff.execute import SandboxError, require_sandbox
from gradus_staff.results import Graded, graded_before, read_gradebook

__all__ = ["Graded", "grade_class", "grade_submission", "sandbox_of"]

log = logging.getLogger("gradus")


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
        read_gradebook(course, graded)
    else:
        graded = graded_before(course, assignment, student)
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
