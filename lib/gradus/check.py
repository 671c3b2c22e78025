"""The visible examples: `check("A", soft_threshold)` shows at once what is right and what is not yet."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from gradus import probe
from gradus.judging import Tolerance, compare, decode, show
from gradus.question import Example, Question, find_question
from gradus.render import CheckRow, check_html, check_text, display_box

__all__ = ["CheckFailed", "checks_for", "examine"]


class CheckFailed(Exception):  # noqa: N818 -- students read this name
    """Some visible example did not come out as expected; in a notebook it shows as one sentence, below the table."""

    def __init__(self, sentence: str, text: str) -> None:
        super().__init__(sentence)
        self.text = text

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback; nbgrader's Validate shows nothing else, so it gets the table."""
        return [self.text if os.environ.get("NBGRADER_VALIDATING") else str(self)]


def examine(question: Question, answer: Any) -> list[CheckRow]:
    """Judge the visible examples of a question; one row an example. Raises LookupError where it has none."""
    if not question.examples:
        raise LookupError(f"question {question.name} has no visible examples")
    return [_row(question, answer, example) for example in question.examples]


def _row(question: Question, answer: Any, example: Example) -> CheckRow:
    got = decode(probe.observe(question, answer, example.how, dict(example.inputs)))
    expected = example.gives
    if _is_tensor(expected):
        expected = decode(probe.encode(expected))
    finding = compare(got, expected, question.tolerance or _TOLERANCE, question.loose)
    inputs = ", ".join(f"{name} = {show(value, 60)}" for name, value in example.inputs.items())
    return CheckRow(
        criterion=example.criterion,
        passed=finding is None,
        example=inputs or "your answer",
        expected=show(expected, 200),
        found=show(got, 200),
        sentence=finding.sentence if finding else "",
        hint=example.hint,
    )


_TOLERANCE = Tolerance(relative=5e-4, absolute=5e-5)
"""Examples are typed to about four digits."""


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.split(".")[0] in {"torch", "numpy"}


def checks_for(module_name: str) -> tuple[Callable[[str, Any], None], Callable[[str, Any], None]]:
    """The pair (check, judge) of the assignment whose questions module is called `module_name`."""
    assignment = module_name.rpartition(".")[2]

    def check(name: str, answer: Any) -> None:
        """Show how the visible examples of a question come out. Raises CheckFailed where one of them does not.

        While a grader is attached it only shows: the points come from the hidden cases.
        """
        question = find_question(assignment, name)
        rows = examine(question, answer)
        display_box(check_html(name, question.title, rows), text := check_text(name, rows))
        failed = sum(not row.passed for row in rows)
        if failed and not probe.is_attached():
            noun = "example" if len(rows) == 1 else "examples"
            raise CheckFailed(f"{failed} of {len(rows)} {noun} did not come out as expected.", text)

    def judge(name: str, answer: Any) -> None:
        """The hidden half of a check; it is restored, and answered, when the course grades."""
        probe.judge(assignment, name, answer)

    return check, judge
