"""Runs a notebook's cells in this process, and asks its graded ones as a kernel does. Knows no key.

For answers of our own only (the test corpora, the proof before a release): nothing is isolated here.
"""

from __future__ import annotations

import ast
import linecache
from dataclasses import dataclass, field
from typing import Any

from gradus.judging import decode
from gradus.judging.encoding import encode
from gradus.judging.observation import Raised
from gradus.probe import observe, plain_inputs
from gradus.question import find_question

__all__ = ["Asked", "Observations", "Play"]

Asked = tuple[str, list[tuple[str, dict[str, Any]]]]
"""A question's name, and for each of its cases how it is asked and with which encoded inputs."""

Observations = dict[int, list[dict[str, Any]]]
"""Index of a graded cell -> the encoded observation of each case."""


@dataclass
class Play:
    """A notebook on its way.

    cells  index -> source of every code cell, in order      asked  index -> what a graded cell asks
    place  the cells before this index have been run
    """

    assignment: str
    cells: dict[int, str]
    asked: dict[int, Asked]
    place: int = 0
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def until(self, place: int) -> Observations:
        """Run the cells before an index. Returns what the graded ones among them observed."""
        observations = {}
        for index in range(self.place, place):
            if index in self.asked:
                observations[index] = self._observe(self.cells[index], *self.asked[index])
            elif index in self.cells:
                self._run(self.cells[index], f"<ipython-input-{self.assignment}-{index}>")
        self.place = max(place, self.place)
        return observations

    def to_the_end(self) -> Observations:
        """Run the other cells."""
        return self.until(max(self.cells, default=-1) + 1)

    def _run(self, source: str, filename: str) -> None:
        """Run a cell as a kernel would: an error ends the cell, not the notebook."""
        lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
        text = "\n".join(lines) + "\n"
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)  # for inspect.getsource
        try:
            exec(compile(text, filename, "exec"), self.namespace)
        except Exception as error:
            self.namespace["__last_error__"] = error

    def _observe(self, source: str, name: str, cases: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
        """Ask as `judge(name, answer)` in the graded cell would."""
        try:
            answer = eval(compile(ast.Expression(_judged_expression(source)), "<graded cell>", "eval"), self.namespace)
        except Exception as error:
            return [encode(Raised(type(error).__name__, str(error)))] * len(cases)
        question = find_question(self.assignment, name)
        observations = []
        for how, inputs in cases:
            decoded = plain_inputs({key: decode(value) for key, value in inputs.items()})
            observations.append(observe(question, answer, how, decoded))
        return observations


def _judged_expression(source: str) -> ast.expr:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "judge":
            return node.args[1]
    raise ValueError("the cell calls no judge")
