"""Everybody's own numbers: drawn from the course and the student's id, and who the student is.

Nothing here is secret: anybody can compute anybody's numbers. What protects the exercise is that at grading the id
comes from the submission's folder (the grader sets GRADUS_STUDENT), never from the notebook.
"""

from __future__ import annotations

import importlib
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

from gradus.draws import Draws

__all__ = ["VERSIONS", "Numbers", "enter_student_id", "numbers_of", "own_folder", "student_id", "your_numbers"]

VERSIONS = ("fixed", "personal")
"""fixed: the lecture's numbers, the same for everybody; personal: everybody's own."""

LONGEST_ID = 100


class Numbers:
    """The numbers of one assignment: a frozen dataclass with a `FIXED` version and a way to draw another.

    Subclasses live in `gradus.numbers.<assignment>`, as `YourNumbers`. Their `show(question)` is what the notebook
    displays: Markdown with the question's numbers.
    """

    @classmethod
    def fixed(cls) -> Any:
        """The numbers of the lecture."""
        return cls()

    @classmethod
    def drawn(cls, draws: Any) -> Any:
        """Numbers for one student. draws  question -> Draws: every question has a sequence of its own"""
        raise NotImplementedError

    def tasks(self) -> dict[str, str]:
        """Question -> Markdown that states it with these numbers."""
        raise NotImplementedError

    def show(self, question: str) -> Text:
        """The task with your numbers, for the last line of a cell. LookupError names the questions there are."""
        tasks = self.tasks()
        if question not in tasks:
            raise LookupError(f"there are no numbers for question {question!r}; there are for {', '.join(tasks)}")
        return Text(tasks[question])


class Text:
    """Markdown that shows itself in a notebook."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def numbers_of(assignment: str, student: str, course: str, version: str = "personal") -> Any:
    """The numbers of one student of a course, or everybody's (version "fixed"). The same at every call."""
    if version not in VERSIONS:
        raise ValueError(f"there is no version {version!r}: 'fixed' and 'personal' are known")
    if not assignment.isidentifier():
        raise LookupError(f"{assignment!r} is no assignment's name")
    kind = importlib.import_module(f"gradus.numbers.{assignment}").YourNumbers
    if version == "fixed":
        return kind.fixed()
    who = clean_id(student)
    return kind.drawn(lambda question: Draws("gradus", course, who, assignment, question))


def your_numbers(assignment: str, course: str, version: str = "fixed") -> Any:
    """The numbers of whoever runs the notebook; says whose they are.

    version  "fixed" or "personal": the instructor's switch, in a locked cell. ValueError where your id is not known.
    """
    if version != "personal":
        return numbers_of(assignment, "", course, version)
    who = student_id()
    print(f"Your own numbers, drawn for {who} in the course {course}. Not you? Run: enter_student_id()")
    return numbers_of(assignment, who, course, version)


def clean_id(name: str) -> str:
    """An id as it is used for drawing: no spaces around it, and capitals do not matter. ValueError where it is none."""
    cleaned = unicodedata.normalize("NFKC", name).strip().casefold()
    if not cleaned or len(cleaned) > LONGEST_ID or not cleaned.isprintable():
        raise ValueError(f"{name[:40]!r} is no student id: expected 1 to {LONGEST_ID} printable characters")
    return cleaned


def student_id() -> str:
    """Who works here: said by the grader, else by JupyterHub, else by the student, who is asked once."""
    for variable in ("GRADUS_STUDENT", "JUPYTERHUB_USER"):
        if name := os.environ.get(variable, "").strip():
            return clean_id(name)
    try:
        return clean_id(_remembered().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return enter_student_id()


def enter_student_id(name: str | None = None) -> str:
    """Remember your student id on this computer; asks where none is given. Returns it as it is used."""
    if name is None:
        try:
            name = input("Your student id, as your course knows it: ")
        except (EOFError, OSError, RuntimeError, NotImplementedError):
            raise ValueError(
                "Your numbers are drawn from your student id, and it is not known here. "
                'Enter it once: enter_student_id("your id"), then run the cell again.'
            ) from None
    cleaned = clean_id(name)
    try:
        _remembered().parent.mkdir(parents=True, exist_ok=True)
        _remembered().write_text(cleaned + "\n", encoding="utf-8")
    except OSError as error:
        print(f"Your id could not be remembered ({error}); you will be asked again.")
    return cleaned


def _remembered() -> Path:
    return own_folder() / "student"


def own_folder() -> Path:
    """Where Gradus remembers small things about its user: GRADUS_HOME, or the platform's folder for settings."""
    if name := os.environ.get("GRADUS_HOME", "").strip():
        return Path(name).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", "") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME", "") or Path.home() / ".config")
    return base / "gradus"
