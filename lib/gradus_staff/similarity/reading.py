"""What a class handed in, ready to be compared: no code runs, and a broken file is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gradus_staff.blueprint import Blueprint, load_blueprint
from gradus_staff.course import Course, CourseError
from gradus_staff.similarity.matching import Piece, Work, common_hashes, piece, repeated_hashes
from gradus_staff.similarity.tokens import code_tokens, prose_tokens
from gradus_staff.submission import read_submission

__all__ = ["AT_LEAST", "given_hashes", "read_class", "set_aside"]

MAX_CELL, MAX_WORK = 50_000, 200_000
"""Characters of a cell, and of a submission, that are compared; an answer has a few thousand."""

AT_LEAST = 5
"""What fewer students than this wrote counts, whatever share of a small class they are."""

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read_class(course: Course, assignment: str) -> tuple[list[Work], frozenset[int], list[str]]:
    """The works of all who submitted, what they were given, and a sentence for every file that is not compared."""
    course.require_assignment(assignment)
    released = {path.stem: path for path in sorted(course.folder("release", ".", assignment).glob("*.ipynb"))}
    if not released:
        raise CourseError(f"what {assignment} gave to students is not there; run: gradus release {assignment}")
    given = {name: nbformat.read(path, as_version=4) for name, path in released.items()}
    blueprints = {name: load_blueprint(course.db_url, assignment, name) for name in given}
    works, problems = [], []
    for student in course.students(assignment):
        pieces: list[Piece] = []
        for name, notebook in given.items():
            path = course.folder("submitted", student, assignment) / f"{name}.ipynb"
            own, problem = _pieces(path, blueprints[name], notebook)
            pieces += own
            if problem:
                problems.append(f"{student}/{assignment}: {problem}")
        works.append(Work(student, pieces))
    return works, given_hashes(given.values()), problems


def given_hashes(notebooks: Iterable[NotebookNode]) -> frozenset[int]:
    """Every run of tokens that stands in the students' version: code, prose, and the code within the prose."""
    found: set[int] = set()
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                found.update(piece("", cell.source, code_tokens(cell.source)).hashes)
                continue
            found.update(piece("", cell.source, prose_tokens(cell.source)).hashes)
            for block in _FENCED.findall(cell.source):
                found.update(piece("", block, code_tokens(block)).hashes)
    return frozenset(found)


def set_aside(works: list[Work], given: frozenset[int], common: float) -> int:
    """Mark what does not count in every work. Returns how many runs many students wrote.

    common  the share of the class from which on a run of tokens is everybody's
    """
    widespread = common_hashes(works, common, AT_LEAST) - given
    for work in works:
        work.ignored = given | widespread | repeated_hashes(work)
    return len(widespread)


def _pieces(path: Path, blueprint: Blueprint, given: NotebookNode) -> tuple[list[Piece], str]:
    if not path.exists() and not path.is_symlink():
        return [], f"{path.name} was not handed in, so it is not compared."
    submission = read_submission(path, blueprint)
    if submission.problem:
        return [], f"{submission.problem} It is not compared."
    known = {cell.source for cell in given.cells}
    pieces, left, cut = [], MAX_WORK, ""
    for title, cell in _titled(submission.notebook):
        source = cell.source[: min(MAX_CELL, left)]
        if cell.source in known or cell.metadata.get("nbgrader", {}).get("locked") or not source.strip():
            continue
        if len(source) < len(cell.source):
            cut = f"{path.name} is far longer than an answer; only its first {MAX_WORK:,} characters are compared."
        left -= len(source)
        is_prose = cell.cell_type != "code"
        tokens = prose_tokens(source) if is_prose else code_tokens(source)
        pieces.append(piece(title, source, tokens, is_prose))
    return pieces, cut


def _titled(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Every cell by its grade id; a cell that the student added by the one that it follows."""
    before = ""
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        yield grade_id or (f"added after {before}" if before else "added at the beginning"), cell
        before = grade_id or before
