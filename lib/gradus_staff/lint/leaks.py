"""Rules about what must not reach students: solutions, hidden tests, and what the key knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from nbformat import NotebookNode

from gradus.judging import Matcher, as_numbers
from gradus_staff.lint.asking import hidden_cases
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.material import Material
from gradus_staff.lint.release_text import DELIMITERS, hidden_regions
from gradus_staff.similarity.tokens import code_tokens
from gradus_staff.similarity.winnowing import hashes

__all__ = ["leaks"]

RUN = 25
"""So many tokens in a row, names aside, are not the same by chance in a solution and in what students get."""

SENTENCE = 25
"""Shorter sentences of a key (characters) may well stand in a text by themselves."""

DIGITS = 4
"""Numbers with fewer digits are everywhere."""


def leaks(material: Material) -> Iterator[Finding]:
    """Neither the release nor the questions' module gives away what only staff may know."""
    yield from _delimiters(material)
    yield from _judges_in_sight(material)
    yield from _answers_around_the_region(material)
    yield from _solutions_elsewhere(material)
    yield from _sentences_and_numbers(material)


def _leak(material: Material, question: str, sentence: str, to_do: str) -> Finding:
    return material.finding("leak", question, sentence, to_do)


def _delimiters(material: Material) -> Iterator[Finding]:
    where = {"SOLUTION": "solution", "HIDDEN TESTS": "grade", "MARK SCHEME": "grade"}
    for cell in material.notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        name = str(settings.get("grade_id", "")) or f"the cell “{cell.source.strip().splitlines()[0][:40]}”"
        for delimiter in DELIMITERS:
            begins = len(re.findall(rf"^[ \t]*### BEGIN {delimiter}", cell.source, re.MULTILINE))
            ends = len(re.findall(rf"^[ \t]*### END {delimiter}", cell.source, re.MULTILINE))
            if begins != ends:
                yield _leak(
                    material, name, f"{begins} times ### BEGIN {delimiter}, {ends} times ### END {delimiter}.",
                    "Close every region.",
                )  # fmt: skip
            elif begins and not settings.get(where[delimiter]) and not settings.get("task"):
                yield _leak(
                    material, name, f"### BEGIN {delimiter} stands in a cell where nbgrader does not look for it.",
                    "Mark the cell as a solution cell (or as a graded one).",
                )  # fmt: skip


def _judges_in_sight(material: Material) -> Iterator[Finding]:
    for cell in material.release.cells:
        if cell.cell_type == "code" and re.search(r"^[^#\n]*\bjudge\(", cell.source, re.MULTILINE):
            yield _leak(
                material, str(cell.metadata.get("nbgrader", {}).get("grade_id", "")),
                "judge(...) stays in the students' version.",
                "Put it between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS.",
            )  # fmt: skip


def _answers_around_the_region(material: Material) -> Iterator[Finding]:
    """A function that lost its solution, but kept a `return` that calculates something."""
    for cell in material.release.cells:
        settings = cell.metadata.get("nbgrader", {})
        if not settings.get("solution") or cell.cell_type != "code":
            continue
        before = next(one for name, one in material.tracked() if name == settings.get("grade_id"))
        for function in _functions(cell.source):
            has_lost = ast.unparse(function) not in [ast.unparse(one) for one in _functions(before.source)]
            kept = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
            if has_lost and any(isinstance(part, (ast.Call, ast.BinOp)) for node in kept for part in ast.walk(node)):
                name = str(settings.get("grade_id"))
                yield _leak(
                    material, name, f"What {function.name} returns stands outside the solution.",
                    "Move the return between ### BEGIN SOLUTION and ### END SOLUTION.",
                )  # fmt: skip


def _functions(source: str) -> list[ast.FunctionDef]:
    """The functions of a cell, those that have lost their whole body with a `pass` in its place."""
    text = re.sub(r"^([ \t]*)((?:def|class) [^\n]*:)[ \t]*$", r"\1\2\n\1 pass", source, flags=re.MULTILINE)
    for attempt in (source, text):
        try:
            return [node for node in ast.walk(ast.parse(attempt)) if isinstance(node, ast.FunctionDef)]
        except SyntaxError:
            continue
    return []


def _runs(source: str) -> set[int]:
    return set(hashes([token.text for token in code_tokens(source)], RUN))


def _released_code(release: NotebookNode) -> Iterator[str]:
    for cell in release.cells:
        if cell.cell_type == "code":
            yield cell.source
        else:
            yield from re.findall(r"^```[^\n]*\n(.*?)^```", cell.source, re.MULTILINE | re.DOTALL)


def _solutions_elsewhere(material: Material) -> Iterator[Finding]:
    seen = {run for source in [*_released_code(material.release), material.public] for run in _runs(source)}
    for grade_id, cell in material.tracked():
        if not cell.metadata.nbgrader.get("solution") or cell.cell_type != "code":
            continue
        regions = hidden_regions(cell.source) or ([cell.source] if "### BEGIN" not in cell.source else [])
        if any(_runs(region) & seen for region in regions):
            yield _leak(
                material, grade_id, f"{RUN} tokens of the solution stand in what students get, too.",
                "Ask for something else, or take the passage out of the notebook or the questions' module.",
            )  # fmt: skip


def _sentences_and_numbers(material: Material) -> Iterator[Finding]:
    text = "\n".join([*(cell.source for cell in material.release.cells), material.public])
    words, numbers = _words(text), _numbers(text)
    for name, key in material.keys.items():
        for sentence in [*key.misconceptions, key.reason]:
            if len(sentence) >= SENTENCE and _words(sentence) in words:
                yield _leak(
                    material, name, f"Students can read a sentence of the key: “{sentence}”",
                    "Take it out of the notebook or the questions' module.",
                )  # fmt: skip
        expected = [key.expect(case) for case in hidden_cases(material, key) if not case.inputs]
        if number := next((text for value in expected for text in _stated(value, numbers)), ""):
            yield _leak(
                material, name, f"The expected number {number} stands in what students get.",
                "Take it out of the notebook or the questions' module.",
            )  # fmt: skip


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _numbers(text: str) -> set[str]:
    """The numbers in a text that have digits enough; 1,568 and 1{,}568 are 1568."""
    joined = re.sub(r"(?<=\d)(?:,|\{,\})(?=\d{3})", "", text)
    found = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)", joined))
    return {number for number in found if len(number.replace(".", "").strip("0")) >= DIGITS}


def _stated(expected: Any, numbers: Iterable[str]) -> Iterator[str]:
    """Those of the numbers that are an expected value, rounded to the digits that they have."""
    if expected is None or isinstance(expected, (Matcher, str, bool)):
        return
    try:
        values = np.abs(as_numbers(expected)).ravel()
    except ValueError:
        return
    for number in sorted(numbers):
        decimals = len(number.partition(".")[2])
        if np.any(np.abs(values - float(number)) <= 0.5 * 10.0**-decimals + 1e-12):
            yield number
