"""Answers as text files: they fill a notebook's cells, and say what the grader must find.

An answer file is in percent format. Its docstring says what it is, and for every question that must lose points the
sentence (or its beginning) that must be named: `A: The sign of the cube is lost`; `A: -` where points are lost but no
mistake is named. Questions that the docstring does not list must get full marks. Each cell fills the solution cell
of the same name; the others keep the instructor's solution.

    \"\"\"Takes the cube's absolute value.

    A: The sign of the cube is lost
    \"\"\"
    # %% A-answer
    def soft_threshold(y, T): ...
"""

from __future__ import annotations

import ast
import copy
import re
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

__all__ = ["Answer", "corpus_folder", "fill", "read_answer", "with_solutions_removed"]

_CELL = re.compile(r"^# %%[ ]*(?:\[markdown\][ ]*)?(?P<name>[\w-]+)[ ]*$", re.MULTILINE)
_EXPECTATION = re.compile(r"^(?P<question>[\w-]+): (?P<sentence>.+)$")


@dataclass(frozen=True)
class Answer:
    """One answer file.

    cells   grade id of a solution cell -> its source        loses  question -> sentence that must be named, or "-"
    """

    name: str
    description: str
    cells: dict[str, str]
    loses: dict[str, str] = field(default_factory=dict)


def corpus_folder() -> Path:
    """Where the answer files lie: tests/answers of the repository; LookupError where there is none."""
    folder = Path(__file__).parents[2] / "tests" / "answers"
    if not folder.is_dir():
        raise LookupError(f"the answer files are not at {folder}; use a clone of the repository")
    return folder


def read_answer(path: Path) -> Answer:
    """Read an answer file; ValueError where it has no docstring or no cell."""
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    if not docstring:
        raise ValueError(f"{path.name} has no docstring that says what it is")
    loses = {m["question"]: m["sentence"].strip() for line in docstring.splitlines() if (m := _EXPECTATION.match(line))}
    pieces = _CELL.split(text)[1:]
    cells = {name: source.strip("\n") for name, source in zip(pieces[::2], pieces[1::2], strict=True)}
    if not cells:
        raise ValueError(f"{path.name} fills no cell; start one with a line `# %% A-answer`")
    return Answer(path.stem, docstring.splitlines()[0], cells, loses)


def fill(notebook: NotebookNode, answer: Answer) -> NotebookNode:
    """A copy of a notebook with the answer's cells filled in; ValueError names a cell that is not there."""
    filled = copy.deepcopy(notebook)
    by_name = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in filled.cells}
    for name, source in answer.cells.items():
        if name not in by_name:
            raise ValueError(f"answer {answer.name} fills {name!r}, which the notebook does not have")
        by_name[name].source = source
    return filled


_SOLUTION = re.compile(r"^(?P<indent>[ \t]*)### BEGIN SOLUTION.*?### END SOLUTION[ \t]*$", re.MULTILINE | re.DOTALL)


def with_solutions_removed(notebook: NotebookNode) -> NotebookNode:
    """A copy as a student gets it: stubs in place of solutions."""
    blank = copy.deepcopy(notebook)
    stub = "{0}# YOUR CODE HERE\n{0}raise NotImplementedError()"
    for cell in blank.cells:
        cell.source = _SOLUTION.sub(lambda match: stub.format(match["indent"]), cell.source)
    return blank
