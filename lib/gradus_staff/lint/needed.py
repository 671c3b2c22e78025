"""The slow rule: is there a wrong answer that needs this criterion to be caught?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gradus.judging import Verdict
from gradus_staff.answers import Answer, fill
from gradus_staff.judge import judge
from gradus_staff.lint.asking import hidden_cases
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.material import Material

__all__ = ["nothing_needs_it"]


def nothing_needs_it(material: Material) -> Iterator[Finding]:
    """Every criterion is missed by some wrong answer or model of a mistake; and by some it is the only one missed.

    Models are asked first, because they are quick; answer files are graded for the criteria that are left.
    """
    alone, missed = _by_models(material)
    left = {name for name, key in material.keys.items() if set(key.criteria) - alone[name]}
    for verdict in _graded(material, [one for one in material.wrong if left & set(one.loses)]):
        if verdict.question in left:
            _count(verdict, alone[verdict.question], missed[verdict.question])
    for name, key in material.keys.items():
        if never := [criterion for criterion in key.criteria if criterion not in missed[name]]:
            yield material.finding(
                "never-missed", name, f"No wrong answer misses {_quoted(never)}.",
                "Write one that does: until then nobody has seen it catch anything.",
            )  # fmt: skip
        if idle := [criterion for criterion in key.criteria if criterion in missed[name] - alone[name]]:
            yield material.finding(
                "nothing-needs-it", name, f"Without {_quoted(idle)} every wrong answer would still be caught.",
                "Write the wrong answer that misses nothing else, or ask yourself what the criterion is for.",
            )  # fmt: skip


_Criteria = dict[str, set[str]]


def _by_models(material: Material) -> tuple[_Criteria, _Criteria]:
    """By question the criteria that some model misses alone, and those that some model misses."""
    alone: _Criteria = {name: set() for name in material.keys}
    missed: _Criteria = {name: set() for name in material.keys}
    for name, key in material.keys.items():
        cases = hidden_cases(material, key)
        for misconception in key.models().values():
            if set(key.criteria) - alone[name]:
                answers = [key.ask(misconception.model, case) for case in cases]
                _count(judge(key, cases, answers, 1.0), alone[name], missed[name])
    return alone, missed


def _count(verdict: Verdict, alone: set[str], missed: set[str]) -> None:
    own = {one.name for one in verdict.criteria if not one.passed and not one.is_bonus}
    missed |= own
    alone |= own if len(own) == 1 else set()


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _graded(material: Material, answers: Sequence[Answer]) -> Iterator[Verdict]:
    """Every verdict on some answer files, which are graded by the first cell that they change: it is quicker so."""
    from gradus_staff.rehearsal import Rehearsal

    if not answers:
        return
    places = {name: place for place, (name, _) in enumerate(material.tracked())}
    rehearsal = Rehearsal(material.assignment, material.notebook)
    try:
        with _at_the_scale_of_grading():
            for answer in sorted(answers, key=lambda one: (min(places.get(name, 0) for name in one.cells), one.name)):
                yield from rehearsal.grade(fill(material.notebook, answer)).values()
    finally:
        rehearsal.close()


@contextmanager
def _at_the_scale_of_grading() -> Iterator[None]:
    before = os.environ.get("GRADUS_SCALE")
    os.environ["GRADUS_SCALE"] = "grading"
    try:
        yield
    finally:
        if before is None:
            del os.environ["GRADUS_SCALE"]
        else:
            os.environ["GRADUS_SCALE"] = before
