"""A worker: grades one parcel after another, each in a scratch course made from the pack, through nbgrader's own step.

It has the answer key and no students' code; it starts the kernels, in sandboxes, that have the code and no key.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import nbgrader.api
import sqlalchemy
from nbgrader.converters import Autograde

from gradus_staff.course import Course
from gradus_staff.farm.outcome import Outcome, Score, Scored
from gradus_staff.farm.pack import Pack, unpack
from gradus_staff.farm.parcel import Parcel, lay_out
from gradus_staff.plain_files import why_no_notebook
from gradus_staff.results import verdicts_of

__all__ = ["grade_parcel"]

log = logging.getLogger("gradus")
_one_at_a_time = threading.Lock()
"""nbgrader changes the working folder of its process."""


def grade_parcel(pack: Pack, parcel: Parcel) -> Outcome:
    """Grade one submission. Never raises for what a submission holds: a failure is a sentence in the outcome."""
    with _one_at_a_time:
        started = time.monotonic()
        course = _scratch_course(pack)
        try:
            lay_out(parcel, course.folder("submitted", parcel.student, parcel.assignment))
            problem = autograde(course, parcel.assignment, parcel.student)
            outcome = Outcome(parcel.student, parcel.assignment, problem)
            if not problem:
                verdicts, unreadable = verdicts_of(course, parcel.assignment, parcel.student)
                outcome = replace(
                    outcome,
                    unreadable=unreadable,
                    verdicts=tuple(verdicts),
                    files=_files(course.folder("autograded", parcel.student, parcel.assignment)),
                    notebooks=_scored(course, parcel),
                )
        finally:
            _clear(course.root)
        name = f"{socket.gethostname()}:{os.getpid()}"
        return replace(outcome, seconds=time.monotonic() - started, worker=name)


_scratch: dict[str, Course] = {}
"""The scratch course of the last pack, by the pack's digest."""


def _scratch_course(pack: Pack) -> Course:
    """The scratch course, with a gradebook without grades."""
    course = _scratch.get(pack.digest)
    if course is None or not course.root.is_dir():
        for old in _scratch.values():
            shutil.rmtree(old.root, ignore_errors=True)
        _scratch.clear()
        root = Path(tempfile.mkdtemp(prefix="gradus-course-")).resolve()
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        course = _scratch[pack.digest] = unpack(pack, root)
    (course.root / "gradebook.db").write_bytes(pack.files["gradebook.db"])
    return course


def _clear(root: Path) -> None:
    for name in ("submitted", "autograded"):
        shutil.rmtree(root / name, ignore_errors=True)


def autograde(course: Course, assignment: str, student: str) -> str:
    """Run nbgrader's converter. Returns what went wrong, or nothing."""
    converter = Autograde(coursedir=course.directory(assignment, student), config=course.config)
    converter.force = True
    converter.log = log
    try:
        with redirect_stderr(StringIO()), _one_engine():
            converter.start()
    except (Exception, SystemExit) as error:
        log.debug("%s/%s", student, assignment, exc_info=True)
        if not any(course.folder("submitted", student, assignment).glob("*.ipynb")):
            return "there is no notebook in the submission, so nothing was judged. Ask for it to be submitted again"
        if why := why_no_notebook(converter, assignment, student):
            return why.removeprefix(f"{student}/{assignment}: ")
        return f"the submission could not be graded: {str(error).strip() or type(error).__name__}"
    return ""


def _files(folder: Path) -> dict[str, tuple[bytes, int]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode & 0o777) for path in paths}


def _scored(course: Course, parcel: Parcel) -> tuple[Scored, ...]:
    with _one_engine(), course.gradebook() as gradebook:
        submission = gradebook.find_submission(parcel.assignment, parcel.student)
        return tuple(
            Scored(
                notebook.name,
                {grade.name: Score(grade.auto_score, bool(grade.needs_manual_grade)) for grade in notebook.grades},
                {comment.name: comment.auto_comment for comment in notebook.comments},
                is_missing=f"{notebook.name}.ipynb" not in {entry.name for entry in parcel.entries},
            )
            for notebook in submission.notebooks
        )


@contextmanager
def _one_engine() -> Iterator[None]:
    """nbgrader opens the gradebook a dozen times a submission, each time with a new engine that has to learn every
    statement anew; here it gets the same one. The scratch gradebook need not survive a power cut."""
    usual = nbgrader.api.create_engine
    nbgrader.api.create_engine = _engine  # type: ignore[attr-defined]  # nbgrader has no other way in
    try:
        yield
    finally:
        nbgrader.api.create_engine = usual  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def _engine(url: str, **options: Any) -> sqlalchemy.Engine:
    engine = sqlalchemy.create_engine(url, **options)

    @sqlalchemy.event.listens_for(engine, "connect")
    def hurry(connection: Any, record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=MEMORY")

    return engine
