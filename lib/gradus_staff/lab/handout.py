"""A student's folder: released notebooks are put into it, and what somebody has changed there stays."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from gradus_staff.course import Course, CourseError
from gradus_staff.notebook_text import build
from gradus_staff.release import generate

__all__ = ["FIRST_DAY", "PRIVATE", "assignments_in", "hand_out", "released", "require_students_folder"]

FIRST_DAY = "00_start_here"
PRIVATE = ".gradus-lab"
"""The folder in the student's folder with what the command remembers: hidden, so JupyterLab does not show it."""


def assignments_in(course: Course) -> list[str]:
    """Everything that has a notebook in the course's source folder, and the first day's page, which is always there."""
    sources = course.folder("source", ".", "*").parent
    return sorted({FIRST_DAY, *(path.parent.name for path in sources.glob("*/*.ipynb"))})


def released(course: Course, assignment: str, scratch: Path) -> Path:
    """The students' version as nbgrader generates it, in a folder inside `scratch`.

    The course's own release folder and gradebook stay as they are. CourseError where there is no such assignment.
    """
    own = Course(course.root)
    own.config.CourseDirectory.release_directory = str(scratch / "release")
    own.config.GenerateAssignment.no_database = True
    own.config.SaveCells.enabled = False
    if assignment == FIRST_DAY and not any(own.folder("source", ".", assignment).glob("*.ipynb")):
        build(scratch, assignment)
        own.config.CourseDirectory.source_directory = str(scratch / "source")
    return generate(own, assignment)


def hand_out(folder: Path, assignment: str, new: Path) -> list[str]:
    """Copy an assignment's released files into a student's folder; sentences about what was changed there and stays.

    A file that nobody has changed since it was handed out is replaced. Of one that was changed the new version goes
    beside it, once. A notebook counts as changed where its cells are; outputs do not count.
    """
    memory = folder / PRIVATE / "handed-out.json"
    offered = _read(memory)
    files = sorted(path for path in new.rglob("*") if path.is_file())
    sentences = [_put(path, folder, folder / assignment / path.relative_to(new), offered) for path in files]
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(offered, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return [sentence for sentence in sentences if sentence]


def _put(source: Path, folder: Path, target: Path, offered: dict[str, str]) -> str:
    """Copy one file to `target`, or beside it; a sentence where it went beside.

    offered  name -> digest of the version that was last put there, or beside; kept up to date
    """
    wanted = _digest(source)
    for place in _places(target):
        name = place.relative_to(folder).as_posix()
        found = _digest(place) if place.exists() else None
        is_changed = found not in (None, offered.get(name), wanted)
        if is_changed and offered.get(name) == wanted:
            return ""  # this version has been offered; there is nothing new
        if is_changed:
            continue
        offered[name] = offered[target.relative_to(folder).as_posix()] = wanted
        if found == wanted:
            return ""
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        if place == target:
            return ""
        return (
            f"{target.relative_to(folder)} has been changed, so it stays; the new version is beside it: {place.name}."
        )
    raise AssertionError("there is always another name")


def require_students_folder(folder: Path, course: Course) -> None:
    """CourseError where a student's folder would lie in a place that shows what is the staff's."""
    places: Sequence[Path] = [course.folder(kind, ".", "x").parent for kind in ("source", "release")]
    inside = next((place for place in places if folder.is_relative_to(place)), None)
    if inside or (folder / "nbgrader_config.py").exists() or folder == course.root or folder in course.root.parents:
        raise CourseError(f"{folder} is no place for a student's folder; name another one with --folder")


def _places(target: Path) -> Iterator[Path]:
    """Where a version may go: under its own name, else beside it."""
    yield target
    yield target.with_stem(f"{target.stem}-new")
    number = 2
    while True:
        yield target.with_stem(f"{target.stem}-new-{number}")
        number += 1


def _read(memory: Path) -> dict[str, str]:
    """What was handed out: a digest by name. Where that is not known, every file counts as changed."""
    try:
        data = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in data.items()} if isinstance(data, dict) else {}


def _digest(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(content)["cells"]
            content = json.dumps([_essence(cell) for cell in cells], sort_keys=True).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # no notebook any more: its bytes say whether it was changed
    return hashlib.sha256(content).hexdigest()


def _essence(cell: dict[str, object]) -> list[object]:
    source = cell.get("source", "")
    text = "".join(source) if isinstance(source, list) else source
    metadata = cell.get("metadata")
    settings = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    return [cell.get("cell_type"), text, cell.get("attachments", {}), settings]
