"""Release an assignment, after proving that its reference answers get full marks and its blank notebook none."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from gradus_staff.course import Course, CourseError
from gradus_staff.grading import Graded, grade_class
from gradus_staff.kernels.sandbox import why_no_sandbox

__all__ = ["generate", "prove", "release"]

log = logging.getLogger("gradus")


def release(course: Course, assignment: str) -> Path:
    """Prove the assignment, then write the students' version. Returns its folder; CourseError where it fails."""
    prove(course, assignment)
    return generate(course, assignment)


def generate(course: Course, assignment: str) -> Path:
    """nbgrader's generate_assignment."""
    source = course.folder("source", ".", assignment)
    if not any(source.glob("*.ipynb")):
        raise CourseError(f"there is no notebook in {source}; build it with: gradus notebooks build {assignment}")
    converter = GenerateAssignment(coursedir=course.directory(assignment), config=course.config)
    converter.force, converter.log = True, log
    try:
        converter.start()
    except (Exception, SystemExit) as error:
        raise CourseError(f"nbgrader could not generate {assignment}: {error}") from error
    return course.folder("release", ".", assignment)


def prove(course: Course, assignment: str) -> None:
    """Grade the reference and the blank notebook in a scratch course, in real kernels. CourseError where one fails."""
    with tempfile.TemporaryDirectory(prefix="gradus-prove-") as folder:
        scratch_root = Path(folder)
        shutil.copy(course.root / "nbgrader_config.py", scratch_root)
        shutil.copytree(course.folder("source", ".", assignment), scratch_root / "source" / assignment)
        scratch = Course(scratch_root)
        if why_no_sandbox():
            scratch.config.Execute.sandbox = "none"  # only the instructor's own code runs here
        blank = generate(scratch, assignment)
        _submit(scratch, assignment, "reference", course.folder("source", ".", assignment))
        _submit(scratch, assignment, "blank", blank)
        reference, nothing = grade_class(scratch, assignment, ["reference", "blank"])
        if lost := [_line(q) for q in reference.questions if q["status"] != "passed"]:
            raise CourseError(f"the reference answers of {assignment} lose points: {'; '.join(lost)}")
        if won := [_line(q) for q in nothing.questions if q["points"] > 0]:
            raise CourseError(f"the blank notebook of {assignment} gets points: {'; '.join(won)}")
        for graded in (reference, nothing):
            _require_whole(graded)


def _submit(course: Course, assignment: str, student: str, notebooks: Path) -> None:
    shutil.copytree(notebooks, course.folder("submitted", student, assignment))


def _line(question: dict[str, object]) -> str:
    return f"{question['grade_id']} gets {question['points']:g} of {question['max_points']:g} ({question['message']})"


def _require_whole(graded: Graded) -> None:
    if graded.status != "graded":
        raise CourseError(f"the {graded.student} notebook of {graded.assignment} could not be graded: {graded.message}")
