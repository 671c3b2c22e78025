"""A class that never was: submissions as students hand them in, made from the answer files of the repository.

Most students know most of it and make one or two of the mistakes in tests/answers/ASSIGNMENT/wrong; a few mistakes
are common, most are rare. Weak students leave the last questions open. One in ten has a bad day (see BAD_DAYS), one
in eight is late. The same arguments make the same files, byte for byte.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from gradus_staff.answers import Answer, corpus_folder, read_answer
from gradus_staff.course import Course, CourseError

__all__ = ["BAD_DAYS", "DUE", "make_class", "set_due_date"]

DUE = datetime.datetime(2026, 3, 2, 22, 0)
"""When submissions are due (UTC) where the gradebook names no other time."""

BAD_DAYS = ("untouched", "cut off", "cell changed or doubled", "kernel ended", "graded cell deleted", "loops for ever",
            "untouched", "empty file", "no notebook")  # fmt: skip
"""What happens to one student in ten, in this order and then from the start."""

_LOOP = "n = 0\nwhile True:  # until it looks right\n    n += 1"
_EXIT = "import os\nos._exit(1)  # does this stop the cell?"
_PROSE = (
    "By the chain rule, from the outside in: every factor is the slope of one step at the value that entered it.",
    "The shapes have to match, so the matrix is transposed and stands on the other side.",
    "Because the gradient of a sum is the sum of the gradients.",
    "I tried both and the second one was faster.",
)
_FIRST = """
ada alan amal anna ben carla chen clara dana david dora elif emil emmy eva fatima felix grace hana hugo ida ines ivan
jana jonas kofi lars lea lena luca maja marie max mei mira nils noor olga omar paul petra priya rosa samir sofia tariq
tim vera yuki zoe
"""
_LAST = """
adler bauer becker berg brandt costa diaz engel fischer frank gruber haas hahn huber ivanov jung kaya keller koch kraus
lang lehmann lopez maier meyer moser novak okafor patel peters pohl reuter rossi roth sato schmid silva simon sommer
stein tanaka vogel wagner walter weber winter wolf yilmaz zhang ziegler
"""


@dataclass(frozen=True)
class _Material:
    """What submissions are made of, read once for the whole class.

    released   the students' notebook as JSON        reference  solution cell -> the instructor's solution
    """

    assignment: str
    released: dict[str, Any]
    reference: dict[str, str]
    right: list[Answer]
    wrong: list[Answer]

    @cached_property
    def solution_cells(self) -> list[str]:
        """The names of the cells that students fill, in order."""
        return [name for cell in self.released["cells"] if _is(cell, "solution") and (name := _name(cell))]

    @cached_property
    def prose_cells(self) -> set[str]:
        """Those of them that a person reads."""
        return {_name(cell) for cell in self.released["cells"] if _is(cell, "solution") and _is(cell, "grade")}


@dataclass(frozen=True)
class _Paper:
    """One student's notebook: the sources of the cells that differ from the released ones, and what befell the file."""

    sources: dict[str, str]
    deleted: str = ""
    doubled: str = ""
    bad_day: str = ""


def make_class(course: Course, assignment: str, number: int, seed: int = 0) -> list[str]:
    """Let `number` students submit a released assignment. Returns their names, in order; CourseError where it is not
    released, or where no answer files are at hand.

    Old submissions of the same names are overwritten; others are left alone.
    """
    material = _read(course, assignment)
    rng = Random(f"{assignment} {seed}")
    popular = material.wrong[:]
    rng.shuffle(popular)
    names = _names(number, Random(f"names {seed}"))
    bad_days = _bad_days(names, rng)
    due = _due_date(course, assignment) or DUE
    for name in sorted(names):
        own = Random(f"{assignment} {seed} {name}")
        paper = _write_paper(material, popular, own)
        _submit(course, material, name, _spoil(paper, material, bad_days.get(name, ""), own), due, own)
    return sorted(names)


def set_due_date(course: Course, assignment: str, due: datetime.datetime = DUE) -> None:
    """Tell the gradebook when an assignment is due (UTC), so that late submissions are late."""
    with course.gradebook() as gradebook:
        gradebook.find_assignment(assignment).duedate = due
        gradebook.db.commit()


def _due_date(course: Course, assignment: str) -> datetime.datetime | None:
    with course.gradebook() as gradebook:
        return gradebook.find_assignment(assignment).duedate


def _read(course: Course, assignment: str) -> _Material:
    course.require_assignment(assignment)
    folder = corpus_folder() / assignment
    if not folder.is_dir():
        raise CourseError(f"{assignment} has no answer files in {folder}, so no class can be made for it")
    released = _json(course.folder("release", ".", assignment) / f"{assignment}.ipynb")
    source = _json(course.folder("source", ".", assignment) / f"{assignment}.ipynb")
    reference = {_name(cell): _without_markers(_text(cell)) for cell in source["cells"] if _is(cell, "solution")}
    right, wrong = ([read_answer(path) for path in sorted((folder / kind).glob("*.py"))] for kind in ("right", "wrong"))
    return _Material(assignment, released, reference, right, wrong)


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise CourseError(f"{path} is missing; run: gradus release {path.stem}")
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _is(cell: dict[str, Any], kind: str) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get(kind))


def _name(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _without_markers(source: str) -> str:
    """Students do not write `### BEGIN SOLUTION`."""
    return "\n".join(line for line in source.splitlines() if not line.strip().startswith(("### BEGIN", "### END")))


def _names(number: int, rng: Random) -> list[str]:
    pairs = [f"{first}-{last}" for first in _FIRST.split() for last in _LAST.split()]
    rng.shuffle(pairs)
    return [pairs[i] if i < len(pairs) else f"{pairs[i % len(pairs)]}-{i // len(pairs) + 1}" for i in range(number)]


def _bad_days(names: list[str], rng: Random) -> dict[str, str]:
    """Whose day is bad, and how."""
    unlucky = rng.sample(names, ceil(len(names) / 10))
    return {name: BAD_DAYS[i % len(BAD_DAYS)] for i, name in enumerate(unlucky)}


def _write_paper(material: _Material, popular: list[Answer], rng: Random) -> _Paper:
    skill = rng.betavariate(3.0, 1.2)
    mistakes = list(_mistakes(popular, sum(rng.random() > skill for _ in range(4)), rng))
    sources = dict(material.reference)
    if not mistakes and material.right:
        sources |= rng.choice(material.right).cells
    for mistake in mistakes:
        sources |= mistake.cells
    for name in sorted(material.prose_cells):
        sources[name] = rng.choice(_PROSE)
    given_up = sum(rng.random() > skill + 0.25 for _ in range(4))
    for name in material.solution_cells[len(material.solution_cells) - given_up :]:
        sources.pop(name, None)  # as released
    return _Paper(sources)


def _mistakes(popular: list[Answer], number: int, rng: Random) -> Iterator[Answer]:
    """Different mistakes in different cells; the second in the list is half as common as the first, and so on."""
    weights = [1 / (rank + 1) for rank in range(len(popular))]
    taken: set[str] = set()
    for _ in range(number if popular else 0):
        mistake = rng.choices(popular, weights)[0]
        if not taken & set(mistake.cells):
            taken |= set(mistake.cells)
            yield mistake


def _spoil(paper: _Paper, material: _Material, bad_day: str, rng: Random) -> _Paper:
    cells = material.released["cells"]
    code = [_name(cell) for cell in cells if _is(cell, "solution") and cell["cell_type"] == "code"]
    if bad_day == "untouched":
        return _Paper({})
    if bad_day in ("loops for ever", "kernel ended"):
        return _Paper(paper.sources | {rng.choice(code): _LOOP if bad_day == "loops for ever" else _EXIT})
    asked = [_name(cell) for cell in cells if _is(cell, "grade") and not _is(cell, "solution")]
    if bad_day == "graded cell deleted":
        return replace(paper, deleted=rng.choice(asked))
    if bad_day == "cell changed or doubled":
        locked = [cell for cell in cells if _is(cell, "locked") and not _is(cell, "grade")]
        if not locked:
            return replace(paper, doubled=rng.choice(asked))
        return _Paper(paper.sources | {_name(locked[0]): _text(locked[0]) + "\n\nseed = 1"})
    return replace(paper, bad_day=bad_day)


def _submit(
    course: Course, material: _Material, student: str, paper: _Paper, due: datetime.datetime, rng: Random
) -> None:
    folder = course.folder("submitted", student, material.assignment)
    folder.mkdir(parents=True, exist_ok=True)
    hours_early = rng.expovariate(1 / 20) if rng.random() > 1 / 8 else -rng.expovariate(1 / 15)
    at = due - datetime.timedelta(hours=hours_early)
    (folder / "timestamp.txt").write_text(f"{at:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    path = folder / f"{material.assignment}.ipynb"
    if paper.bad_day == "no notebook":
        path.unlink(missing_ok=True)
        (folder / "notes.txt").write_text("The notebook is in my mail.\n", encoding="utf-8")
        return
    cells = [
        {**cell, "source": paper.sources.get(_name(cell), _text(cell))}
        for cell in material.released["cells"]
        for _ in range(_how_often(_name(cell), paper))
    ]
    text = "" if paper.bad_day == "empty file" else json.dumps({**material.released, "cells": cells}, indent=1)
    path.write_text(text[: len(text) // 2] if paper.bad_day == "cut off" else text, encoding="utf-8")


def _how_often(name: str, paper: _Paper) -> int:
    """How often a cell stands in the paper."""
    return {paper.deleted: 0, paper.doubled: 2}.get(name, 1) if name else 1
