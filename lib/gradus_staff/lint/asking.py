"""Rules about questions and keys: titles, hints, wrong answers, and cases that the check has shown already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradus.judging import Matcher, compare, decode
from gradus.judging.encoding import encode
from gradus.question import Example
from gradus_staff.answer_key import Case, Key
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.material import Material
from gradus_staff.secret import generator

__all__ = ["hidden_cases", "shown_already", "some_answer_is_wrong", "titles_and_hints", "weights_and_cases"]


def titles_and_hints(material: Material) -> Iterator[Finding]:
    """Every question has a title and examples; every example that wants a value has a hint."""
    for name, question in material.questions.items():
        if not question.title:
            yield material.finding("titles-and-hints", name, "The question has no title.", 'Write title = "...".')
        if not question.examples:
            yield material.finding(
                "titles-and-hints", name, "The question has no examples, so its check stops with an error.",
                "Give it one, if only for the format.",
            )  # fmt: skip
        for example in question.examples:
            if not example.hint and not isinstance(example.gives, Matcher):
                yield material.finding(
                    "titles-and-hints", name, f"The example of “{example.criterion}” has no hint.",
                    "Ask the question that leads on.",
                )  # fmt: skip


def some_answer_is_wrong(material: Material) -> Iterator[Finding]:
    """For every question there is a wrong answer that must be caught: who has seen no wrong answer knows no key."""
    caught = {question for answer in material.wrong for question in answer.loses}
    for name in material.keys:
        if name not in caught:
            yield material.finding(
                "no-wrong-answer", name, "No wrong answer shows that the key catches anything.",
                f"Write one in tests/answers/{material.assignment}/wrong/ with “{name}: -” in its docstring.",
            )  # fmt: skip


def weights_and_cases(material: Material) -> Iterator[Finding]:
    """Every criterion has a positive weight and a case, and every case a criterion."""
    for name, key in material.keys.items():
        weights = {**key.criteria, **key.bonus}
        asked = {case.criterion for case in hidden_cases(material, key)}
        for criterion in sorted(asked - set(weights)):
            yield material.finding(
                "points",
                name,
                f"Cases count for “{criterion}”, which has no weight.",
                "Add it to criteria, or to bonus.",
            )
        for criterion in [criterion for criterion in weights if criterion not in asked]:
            yield material.finding(
                "points", name, f"No case counts for the criterion “{criterion}”.", "Add one, or drop the criterion."
            )
        for criterion, weight in weights.items():
            if not weight > 0:
                yield material.finding(
                    "points", name, f"The criterion “{criterion}” weighs {weight:g}.", "Give it a positive weight."
                )
        if not key.criteria:
            yield material.finding("points", name, "There is no criterion but bonus ones.", "Add one to criteria.")


def shown_already(material: Material) -> Iterator[Finding]:
    """Some hidden case of every criterion is new; and where a value is asked for, the check does not show it."""
    for name, key in material.keys.items():
        examples = material.questions[name].examples
        cases = hidden_cases(material, key)
        if all(not case.inputs for case in cases):
            if given_away := _answer_in_the_examples(key, cases, examples):
                yield material.finding(
                    "shown-already", name, f"The example of “{given_away}” shows the answer itself.",
                    "Let it show the format only, with a matcher like Numbers(shape=...).",
                )  # fmt: skip
            continue
        shown = {_identity(one.how, one.inputs) for one in examples if not isinstance(one.gives, Matcher)}
        if all(_identity(case.how, case.inputs) in shown for case in cases):
            yield material.finding(
                "shown-already", name, "The hidden cases ask nothing that the visible check has not shown.",
                "Draw other inputs from rng in cases().",
            )  # fmt: skip


def hidden_cases(material: Material, key: Key) -> list[Case]:
    return list(key.cases(generator(b"lint", material.assignment, material.assignment, key.question.name, "nobody")))


def _answer_in_the_examples(key: Key, cases: Sequence[Case], examples: Sequence[Example]) -> str:
    """The criterion of an example that gives just what the key expects; empty where none does."""
    for example in examples:
        if isinstance(example.gives, Matcher) or example.inputs or example.how:
            continue  # a format, or one way of looking at the answer
        shown = decode(encode(example.gives))
        for case in cases:
            expected = key.expect(case)
            if not case.how and not isinstance(expected, Matcher) and compare(shown, expected) is None:
                return example.criterion
    return ""


def _identity(how: str, inputs: dict[str, Any]) -> str:
    """The same text for inputs that a student's function cannot tell apart."""
    return f"{how} " + ", ".join(f"{name}={_plain(value)}" for name, value in sorted(inputs.items()))


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple, np.ndarray, float, int)) or hasattr(value, "tolist"):
        try:
            return str(np.asarray(value, dtype=float).round(9).tolist())
        except (TypeError, ValueError):
            pass
    return repr(value)
