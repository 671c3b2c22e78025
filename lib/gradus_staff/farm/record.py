"""What is graded already, and from what: a small file a submission, in the course's folder .gradus.

It is written last. A submission that was being graded when the machine stopped has none, and is graded again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from gradus_staff.course import Course
from gradus_staff.results import Graded

__all__ = ["Record", "forget", "is_current", "read_record", "record_path", "save_record"]


@dataclass(frozen=True)
class Record:
    """content: a digest of all that the verdict follows from. notebooks: autograded file -> its digest."""

    content: str
    notebooks: dict[str, str]
    seconds: float


def record_path(course: Course, assignment: str, student: str) -> Path:
    return course.root / ".gradus" / "graded" / assignment / f"{student}.json"


def save_record(course: Course, graded: Graded, content: str) -> None:
    """Remember that a submission is graded."""
    path = record_path(course, graded.assignment, graded.student)
    path.parent.mkdir(parents=True, exist_ok=True)
    record = Record(content, _notebooks(course, graded.assignment, graded.student), round(graded.seconds, 3))
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(record)), encoding="utf-8")
    os.replace(draft, path)


def read_record(course: Course, assignment: str, student: str) -> Record | None:
    """None where there is none, or none that can be read."""
    try:
        return Record(**json.loads(record_path(course, assignment, student).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget(course: Course, assignment: str, student: str) -> None:
    """From now on the submission counts as not graded; called before anything of it is changed."""
    record_path(course, assignment, student).unlink(missing_ok=True)


def is_current(course: Course, assignment: str, student: str, content: str) -> bool:
    """Is the submission graded, from just this content, and are the autograded notebooks still as they were written?"""
    record = read_record(course, assignment, student)
    if record is None or record.content != content:
        return False
    return bool(record.notebooks) and record.notebooks == _notebooks(course, assignment, student)


def _notebooks(course: Course, assignment: str, student: str) -> dict[str, str]:
    folder = course.folder("autograded", student, assignment)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.ipynb"))}
