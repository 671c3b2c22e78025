"""A course folder: its nbgrader configuration, its gradebook, its submissions."""

from __future__ import annotations

import datetime
import logging
import os
import sysconfig
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config, PyFileConfigLoader

__all__ = ["Course", "CourseError", "be_patient_with_timestamps"]

log = logging.getLogger("gradus")


def _find_our_programs() -> None:
    """nbgrader starts `alembic` by name to make a gradebook; it lies beside this Python, on the path or not."""
    own = sysconfig.get_path("scripts")
    if own not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, [own, os.environ.get("PATH", "")]))


class CourseError(Exception):
    """The course folder is not usable as asked; the message is one sentence for the instructor."""


def _existing_timestamp(directory: CourseDirectory, dest_path: str) -> datetime.datetime | None:
    """When a submission was handed in; None where its timestamp.txt is missing, a link, or no time."""
    path = Path(dest_path) / "timestamp.txt"
    try:
        text = path.read_text(encoding="utf-8").strip() if path.is_file() and not path.is_symlink() else ""
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, OSError):
        directory.log.warning("%s is not a time; the submission counts as having none", path)
        return None


def be_patient_with_timestamps() -> None:
    """From now on a timestamp that cannot be read is no timestamp; nbgrader 0.9.6 ends the whole run there.

    nbgrader_config.py calls this, because nbgrader offers no setting for it.
    """
    CourseDirectory.get_existing_timestamp = _existing_timestamp


class Course:
    """A folder with an nbgrader_config.py. Raises CourseError where there is none."""

    def __init__(self, root: Path) -> None:
        _find_our_programs()
        self.root = root.resolve()
        config_file = self.root / "nbgrader_config.py"
        if not config_file.is_file():
            raise CourseError(
                f"{self.root} has no nbgrader_config.py; run the command in a course folder or name one with --course"
            )
        try:
            self.config: Config = PyFileConfigLoader(config_file.name, path=str(self.root)).load_config()
        except Exception as error:  # the file is a program: anything may happen
            raise CourseError(f"{config_file} could not be read: {type(error).__name__}: {error}") from error
        self.config.CourseDirectory.root = str(self.root)

    def directory(self, assignment: str, student: str = "*") -> CourseDirectory:
        """nbgrader's view of the course, for one assignment and student."""
        directory = CourseDirectory(config=self.config)
        directory.log = log
        directory.assignment_id, directory.student_id = assignment, student
        return directory

    @property
    def db_url(self) -> str:
        return self.directory("").db_url

    def gradebook(self) -> Gradebook:
        """Open the gradebook; use it in a `with` statement."""
        directory = self.directory("")
        return Gradebook(directory.db_url, directory.course_id)

    def folder(self, kind: str, student: str, assignment: str) -> Path:
        """The folder of one step ("submitted", "autograded", "feedback", "source", "release")."""
        directory = self.directory(assignment, student)
        return Path(directory.format_path(getattr(directory, f"{kind}_directory"), student, assignment))

    def students(self, assignment: str) -> list[str]:
        """Everybody who has submitted, in order."""
        found = []
        for folder in self.folder("submitted", "*", assignment).parent.parent.glob(f"*/{assignment}"):
            if folder.is_dir():
                found.append(folder.parent.name)
        return sorted(found)

    def require_assignment(self, assignment: str) -> None:
        """Raise CourseError unless the gradebook knows the assignment, that is, unless it has been released."""
        known: list[Any] = []
        with self.gradebook() as gradebook:
            known = [entry.name for entry in gradebook.assignments if entry.notebooks]
        if assignment not in known:
            have = f"released are: {', '.join(sorted(known))}" if known else "nothing has been released yet"
            raise CourseError(f"{assignment} is not in the gradebook ({have}); run: gradus release {assignment}")
