"""A scratch course with a class that has handed in soft_threshold; for measurements."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gradus_staff.course import Course
from gradus_staff.release import generate
from gradus_staff.sample_class import make_class

__all__ = ["ASSIGNMENT", "class_of", "reference", "submission"]

ASSIGNMENT = "soft_threshold"
ROOT = Path(__file__).parents[1]


def class_of(number: int, folder: Path) -> Course:
    """A course in a new folder in which so many students have submitted a notebook that runs to its end.

    Whoever has a bad day in gradus_staff.sample_class is left out: an endless loop takes its time limit everywhere.
    """
    shutil.copytree(ROOT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course(folder)
    released = nbformat.read(generate(course, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb", as_version=4)
    names = make_class(course, ASSIGNMENT, number + number // 4 + 2)
    well = [name for name in names if _is_well(course, name, len(released.cells))][:number]
    assert len(well) == number, f"only {len(well)} of the class can be graded"
    for name in set(names) - set(well):
        shutil.rmtree(course.folder("submitted", name, ASSIGNMENT).parent)
    return course


def _is_well(course: Course, student: str, cells: int) -> bool:
    path = course.folder("submitted", student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return False
    spoilt = any("while True" in cell.source or "os._exit" in cell.source for cell in notebook.cells)
    return len(notebook.cells) == cells and not spoilt


def submission(course: Course, student: str) -> NotebookNode:
    return nbformat.read(course.folder("submitted", student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb", as_version=4)


def reference() -> NotebookNode:
    """The instructor's version."""
    return nbformat.read(ROOT / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
