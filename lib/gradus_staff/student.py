"""Whose answer is judged, and which numbers they were given: known from the gradebook and from folders only."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from gradus.personal import VERSIONS, numbers_of
from gradus_staff.blueprint import Blueprint

__all__ = ["EVERYBODY", "Student", "class_list", "student_of", "version_in"]


@dataclass(frozen=True)
class Student:
    """A student of a course, as the folder of the submission names them.

    version     which numbers the notebook gives: "fixed" or "personal"
    classmates  everybody's ids, for answers that fit somebody else's numbers
    """

    name: str = "nobody"
    course: str = ""
    version: str = "fixed"
    classmates: tuple[str, ...] = ()

    def numbers(self, assignment: str) -> Any:
        """This student's numbers."""
        return _numbers(assignment, self.name, self.course, self.version)

    def owners(self, assignment: str, fits: Callable[[Any], bool]) -> list[str]:
        """The classmates for whose numbers `fits(numbers)` is true; nobody where all have the same numbers."""
        if self.version == "fixed":
            return []
        others = (name for name in self.classmates if name != self.name)
        return [name for name in others if fits(_numbers(assignment, name, self.course, self.version))]


EVERYBODY = Student()
"""Whoever has the fixed numbers."""


@lru_cache(maxsize=4096)
def _numbers(assignment: str, name: str, course: str, version: str) -> Any:
    return numbers_of(assignment, name, course, version)


def version_in(sources: Iterable[str]) -> tuple[str, str]:
    """(course, version) of the call `your_numbers("assignment", course=..., version=...)` in one of these cells.

    The instructor's cells are meant, from the gradebook. ("", "fixed") where none has such a call; ValueError where
    the version is not one that there is.
    """
    for source in sources:
        if (words := _words_of_call(source)) is not None:
            version = words.get("version", "fixed")
            if version not in VERSIONS:
                raise ValueError(f"your_numbers: there is no version {version!r}, only {' and '.join(VERSIONS)}")
            return str(words.get("course", "")), version
    return "", "fixed"


def _words_of_call(source: str) -> dict[str | None, Any] | None:
    """The keyword arguments of the cell's call of `your_numbers`, or None where it has none."""
    if "your_numbers(" not in source:
        return None
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "your_numbers":
            return {word.arg: getattr(word.value, "value", None) for word in node.keywords}
    return None


def student_of(blueprint: Blueprint, name: str, db_url: str, course: Path) -> Student:
    """The student whose submission is graded: the name is its folder's, all else is the instructor's."""
    course_name, version = version_in(cell.source for cell in blueprint.cells.values() if cell.cell_type == "code")
    classmates = class_list(db_url, course) if version == "personal" else ()
    return Student(name, course_name, version, classmates)


def class_list(db_url: str, course: Path) -> tuple[str, ...]:
    """Everybody in the gradebook, and everybody who has a folder under `submitted`; sorted."""
    with Gradebook(db_url) as gradebook:
        names = {student.id for student in gradebook.students}
    submitted = course / "submitted"
    if submitted.is_dir():
        names |= {folder.name for folder in submitted.iterdir() if folder.is_dir() and not folder.name.startswith(".")}
    return tuple(sorted(names))
