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
import linecache
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from gradus.judging import Observation, Raised, Verdict, decode
from gradus.probe import observe
from gradus_staff.answer_key import Key, load_keys
from gradus_staff.blueprint import asked_question
from gradus_staff.judge import judge
from gradus_staff.secret import generator
from gradus_staff.student import Student, version_in

__all__ = ["Answer", "corpus_folder", "fill", "grade_in_process", "read_answer", "with_solutions_removed"]

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


def grade_in_process(
    assignment: str,
    notebook: NotebookNode,
    secret: bytes = b"in process",
    student: str = "nobody",
    classmates: tuple[str, ...] = (),
) -> dict[str, Verdict]:
    """Run a notebook's cells in this process and judge its answers: by grade id.

    For answers of our own only (the test corpora, the proof before a release): nothing is isolated here.
    """
    course, version = version_in(cell.source for cell in notebook.cells if cell.cell_type == "code")
    reader = Student(student, course, version, classmates)
    keys = {name: key.for_student(reader) for name, key in load_keys(assignment).items()}
    with _working_as(student):
        return _grade(assignment, notebook, keys, secret, student)


@contextmanager
def _working_as(student: str) -> Iterator[None]:
    """What the grader tells a kernel about its student."""
    before = os.environ.get("GRADUS_STUDENT")
    os.environ["GRADUS_STUDENT"] = student
    try:
        yield
    finally:
        if before is None:
            del os.environ["GRADUS_STUDENT"]
        else:
            os.environ["GRADUS_STUDENT"] = before


def _grade(
    assignment: str, notebook: NotebookNode, keys: dict[str, Key], secret: bytes, student: str
) -> dict[str, Verdict]:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    verdicts: dict[str, Verdict] = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        settings = cell.metadata.get("nbgrader", {})
        name = asked_question(cell.source) if settings.get("grade") else None
        if name is None:
            _execute(cell.source, f"<ipython-input-{assignment}-{index}>", namespace)
            continue
        key = keys[name]
        cases = list(key.cases(generator(secret, assignment, assignment, name, student)))
        observations = _observations(key, cases, cell.source, namespace)
        verdicts[settings["grade_id"]] = judge(key, cases, observations, float(settings["points"]))
    return verdicts


def _execute(source: str, filename: str, namespace: dict[str, Any]) -> None:
    """Run a cell as a kernel would: an error ends the cell, not the notebook."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    text = "\n".join(lines) + "\n"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)  # for inspect.getsource
    try:
        exec(compile(text, filename, "exec"), namespace)
    except Exception as error:
        namespace["__last_error__"] = error


def _observations(key: Any, cases: list[Any], source: str, namespace: dict[str, Any]) -> list[Observation]:
    """Ask as `judge(name, answer)` in the graded cell would."""
    try:
        answer = eval(compile(ast.Expression(_judged_expression(source)), "<graded cell>", "eval"), namespace)
    except Exception as error:
        return [Raised(type(error).__name__, str(error))] * len(cases)
    return [decode(observe(key.question, answer, case.how, case.decoded_inputs())) for case in cases]


def _judged_expression(source: str) -> ast.expr:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "judge":
            return node.args[1]
    raise ValueError("the cell calls no judge")
