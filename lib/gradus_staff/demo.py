"""`gradus demo`: a class of ten, from release to feedback, in a scratch course."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gradus_staff.answers import corpus_folder, fill, read_answer
from gradus_staff.course import Course, CourseError
from gradus_staff.export import TableExport
from gradus_staff.farm.crew import Here, cores
from gradus_staff.feedback.writing import write_class
from gradus_staff.grading import Graded, Onlooker, grade_class
from gradus_staff.kernels.sandbox import why_no_sandbox
from gradus_staff.marking import mark, total
from gradus_staff.notebook_text import build
from gradus_staff.release import generate

__all__ = ["play"]

ASSIGNMENT = "soft_threshold"
SECONDS_A_CELL = 10

CLASS = {
    "ada": "right/masks",
    "bela": "right/clamps",
    "carl": "wrong/squares_both_sides",
    "dora": "wrong/lost_sign",
    "emil": "wrong/inverse_in_constructor",
    "fay": "wrong/derivative_none",
    "gus": "wrong/parameter_forgotten",
    "hana": "untouched",
    "ivan": "cut off",
    "jill": "loops for ever",
}
"""Ten students: two right in different styles, five with different mistakes, and three whose day was bad."""

_LOOP = "n = 0\nwhile True:  # I meant to draw until it looks right\n    n += 1"


def play(folder: Path, console: Console) -> None:
    """Make the course, let the class submit, grade, write feedback, export grades, and show what happened."""
    course = _make_course(folder)
    with console.status("Releasing soft_threshold"):
        released = generate(course, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    for student, what in CLASS.items():
        _submit(course, released, student, what)
    console.print(f"Ten students have submitted [bold]{ASSIGNMENT}[/]. Grading, at most {SECONDS_A_CELL} s a cell.")
    started = time.monotonic()
    with console.status("Grading"):
        results = grade_class(course, ASSIGNMENT, crew=Here(cores()), onlooker=_Names(console))
    seconds = time.monotonic() - started
    with console.status("Writing feedback"):
        write_class(course, ASSIGNMENT)
        grades = export_grades(course)
    console.print(_table(course, results))
    console.print(f"Graded {len(results)} submissions in {seconds:.1f} s ({seconds / len(results):.1f} s each).")
    _read_prose(course, console)
    console.print(f"Grades: {grades}\nOpen a feedback page: {_feedback_page(course, 'dora')}", soft_wrap=True)


class _Names(Onlooker):
    """Prints who is graded."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def ends(self, graded: Graded, is_new: bool) -> None:
        self.console.print(f"  {graded.student}")


PROSE = {"1A-steps": (3.0, "The chain rule is there; say where each factor comes from."), "3E-why": (2.0, "Clear.")}
"""What the instructor gives for ada's prose in autodiff: points and a comment."""


def _read_prose(course: Course, console: Console) -> None:
    """Grade one submission of an assignment with prose, then mark the prose by hand as the formgrader would."""
    with console.status("Grading ada's autodiff"):
        build(course.root, "autodiff")
        released = generate(course, "autodiff") / "autodiff.ipynb"
        target = course.folder("submitted", "ada", "autodiff") / released.name
        target.parent.mkdir(parents=True)
        source = nbformat.read(course.folder("source", ".", "autodiff") / released.name, as_version=4)
        for cell in source.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") in PROSE:
                cell.source = "By the chain rule, from the outside in."
        nbformat.write(_without_markers(source), target)
        grade_class(course, "autodiff", ["ada"])
    waiting = total(course, "autodiff", "ada").waiting
    for grade_id, (points, comment) in PROSE.items():
        mark(course, "autodiff", "ada", grade_id, points, comment)
    marked = total(course, "autodiff", "ada")
    console.print(
        f"ada/autodiff: {marked.automatic:g} points by the judge and {marked.by_hand:g} by hand for {waiting} prose "
        f"answers make {marked.score:g} of {marked.max_score:g} in the gradebook."
    )


def _make_course(folder: Path) -> Course:
    if folder.exists():
        if any(folder.iterdir()) and not (folder / ".gradus-demo").exists():
            raise CourseError(f"{folder} exists and is no demo course; name another folder, or delete it")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / ".gradus-demo").touch()
    shutil.copy(Path(__file__).parents[2] / "nbgrader_config.py", folder)
    build(folder, ASSIGNMENT)
    course = Course(folder)
    course.config.Execute.assignment_timeouts = {ASSIGNMENT: SECONDS_A_CELL}
    if why_no_sandbox():
        course.config.Execute.sandbox = "none"  # the class is ours
    return course


def _submit(course: Course, released: Path, student: str, what: str) -> None:
    target = course.folder("submitted", student, ASSIGNMENT) / released.name
    target.parent.mkdir(parents=True)
    notebook = nbformat.read(released, as_version=4)
    if "/" in what:
        source = nbformat.read(course.folder("source", ".", ASSIGNMENT) / released.name, as_version=4)
        notebook = fill(source, read_answer(corpus_folder() / ASSIGNMENT / f"{what}.py"))
    elif what == "loops for ever":
        source = nbformat.read(course.folder("source", ".", ASSIGNMENT) / released.name, as_version=4)
        cell = next(c for c in source.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "B-answer")
        cell.source = _LOOP
        notebook = source
    text = nbformat.writes(_without_markers(notebook))
    target.write_text(text[: len(text) // 2] if what == "cut off" else text, encoding="utf-8")


def _without_markers(notebook: Any) -> Any:
    """Students do not write `### BEGIN SOLUTION`."""
    for cell in notebook.cells:
        lines = [line for line in cell.source.splitlines() if not line.strip().startswith(("### BEGIN", "### END"))]
        cell.source = "\n".join(lines)
    return notebook


def export_grades(course: Course) -> Path:
    """The grades as a table. Returns the file."""
    plugin = TableExport(course=course)
    plugin.to = str(course.root / "grades.csv")
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    return Path(plugin.to)


def _feedback_page(course: Course, student: str) -> Path:
    return course.folder("feedback", student, ASSIGNMENT) / f"{ASSIGNMENT}.html"


def _table(course: Course, results: list[Graded]) -> Table:
    table = Table(title=f"{ASSIGNMENT}: the class", show_lines=True)
    for column in ("student", "points", "what went wrong", "feedback"):
        table.add_column(column, overflow="fold", justify="right" if column == "points" else "left")
    for graded in results:
        page = _feedback_page(course, graded.student)
        where = str(page.relative_to(course.root)) if page.is_file() else "none"
        lines = [graded.message] if graded.status == "failed" else _lines(graded)
        points = f"{graded.points:g} of {graded.max_points:g}"
        table.add_row(graded.student, points, escape("\n".join(lines) or "nothing"), where)
    return table


def _lines(graded: Graded) -> list[str]:
    """One line a mistake, with the questions that it cost."""
    questions_of: dict[str, list[str]] = {}
    for question in graded.questions:
        if question["status"] != "passed":
            questions_of.setdefault(_sentence(question), []).append(question["grade_id"])
    return [f"{', '.join(names)}: {sentence}" for sentence, names in questions_of.items()]


def _sentence(question: dict[str, Any]) -> str:
    return str((question["misconceptions"] or [question["message"]])[0])
