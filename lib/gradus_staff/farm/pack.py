"""What a worker must know of an assignment, in one piece: configuration, source, structure, secret. It never leaves
the graders' side: the kernels that run students' code see nothing of it."""

from __future__ import annotations

import copy
import hashlib
import pickle
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import nbgrader.api
import sqlalchemy
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from traitlets.config import Config

from gradus_staff.course import Course
from gradus_staff.farm.transaction import one_transaction
from gradus_staff.secret import course_secret
from gradus_staff.student import class_list

__all__ = ["VERSIONS", "Pack", "make_pack", "unpack"]

VERSIONS = ("torch", "numpy", "nbgrader", "ipykernel", "matplotlib")
"""Packages whose release may change a verdict or an autograded notebook."""


@dataclass(frozen=True)
class Pack:
    """All that grading needs besides the submission.

    files   name below the course folder -> content; the gradebook has the assignment's structure, and no grades
    config  the course's configuration, pickled
    digest  the same while nothing has changed that could change a verdict
    """

    assignment: str
    files: dict[str, bytes]
    config: bytes
    digest: str


def make_pack(course: Course, assignment: str) -> Pack:
    """Gather what is needed to grade an assignment of a course."""
    files = {path.name: path.read_bytes() for path in sorted(course.root.glob("*.py"))}
    source = course.folder("source", ".", assignment)
    for name in sorted(find_all_files(str(source), course.directory(assignment).ignore)):
        path = Path(name)
        files[f"source/{assignment}/{path.relative_to(source)}"] = path.read_bytes()
    files[".gradus/secret"] = _secret(course)
    digest = hashlib.sha256(sources_digest().encode())
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    skeleton, structure = _skeleton(course, assignment)
    files["gradebook.db"] = skeleton
    config: Config = copy.deepcopy(course.config)
    for part in (structure, _plain(config), sys.version, *map(_version, VERSIONS)):
        digest.update(part.encode() + b"\0")
    _move(config)
    return Pack(assignment, files, pickle.dumps(config), digest.hexdigest())


def unpack(pack: Pack, root: Path) -> Course:
    """Lay a scratch course out in an empty folder; it grades as the course does that the pack was made from."""
    for name, content in pack.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    course = Course(root)  # runs nbgrader_config.py, which may do more than set values
    course.config = pickle.loads(pack.config)
    course.config.CourseDirectory.root = str(root)
    course.config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    return course


def _move(config: Config) -> None:
    """Take out what holds only where the course lies, and late penalties, which need the whole gradebook."""
    for name in (
        "root", "db_url", "submitted_directory", "autograded_directory", "source_directory", "directory_structure",
    ):  # fmt: skip
        config.CourseDirectory.pop(name, None)
    steps = config.Autograde.get("autograde_preprocessors")
    if isinstance(steps, list):
        kept = [step for step in steps if not is_late_step(step)]
        config.Autograde.autograde_preprocessors = kept


def is_late_step(step: object) -> bool:
    """Is this one of `autograde_preprocessors` the one that takes points off for being late?"""
    return step is AssignLatePenalties or str(step).endswith("AssignLatePenalties")


def _secret(course: Course) -> bytes:
    course_secret(course.root)  # makes it at first use
    return (course.root / ".gradus" / "secret").read_bytes()


def _skeleton(course: Course, assignment: str) -> tuple[bytes, str]:
    """A gradebook that knows the assignment's cells and the class, and a text that says what it knows of the cells."""
    with tempfile.TemporaryDirectory(prefix="gradus-") as folder, course.gradebook() as known:
        path = Path(folder) / "gradebook.db"
        with _known_version(known):
            skeleton = Gradebook(f"sqlite:///{path}", known.course_id)
        with skeleton, one_transaction(skeleton):
            structure = _copy_cells(known, skeleton, assignment)
            for student in class_list(course.db_url, course.root):
                skeleton.add_student(student)
        return path.read_bytes(), "\n".join(sorted(structure))


def _copy_cells(known: Gradebook, skeleton: Gradebook, assignment: str) -> list[str]:
    """Copy an assignment's structure. Returns what was copied, as lines of text."""
    copied: list[str] = []
    entry = known.find_assignment(assignment)
    skeleton.add_assignment(assignment, duedate=entry.duedate)
    for notebook in entry.notebooks:
        skeleton.add_notebook(notebook.name, assignment, kernelspec=notebook.kernelspec)
        for kind, columns in _COLUMNS.items():
            add = getattr(skeleton, f"add_{kind}")
            for cell in getattr(notebook, f"{kind}s"):
                named = {name: getattr(cell, name) for name in columns}
                copied.append(f"{notebook.name} {kind} {cell.name} {named}")
                add(cell.name, notebook.name, assignment, **named)
    return copied


@contextmanager
def _known_version(known: Gradebook) -> Iterator[None]:
    """nbgrader starts a program of a second to learn which version a new gradebook has; it has that of the old one."""
    number = known.db.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()
    usual = nbgrader.api.get_alembic_version
    nbgrader.api.get_alembic_version = lambda: number or usual()  # nbgrader has no other way in
    try:
        yield
    finally:
        nbgrader.api.get_alembic_version = usual


_COLUMNS = {
    "grade_cell": ("max_score", "cell_type"),
    "solution_cell": (),
    "task_cell": ("max_score", "cell_type"),
    "source_cell": ("cell_type", "source", "checksum", "locked"),
}


def _plain(config: Config) -> str:
    """The configuration as text, without the place where the course lies."""
    return repr(sorted((name, sorted((k, repr(v)) for k, v in section.items() if k not in ("root", "db_url")))
                       for name, section in config.items() if isinstance(section, Config)))  # fmt: skip


@lru_cache(maxsize=1)
def sources_digest() -> str:
    """The same while the code of Gradus is the same: questions, keys, judging."""
    digest = hashlib.sha256()
    for name in ("gradus", "gradus_" + "staff"):
        spec = find_spec(name)
        root = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
        for path in sorted(root.rglob("*.py")):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} is not installed"
