"""What authors forget: rules that look at an assignment's notebook, questions, key and answer files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gradus_staff.lint.asking import shown_already, some_answer_is_wrong, titles_and_hints, weights_and_cases
from gradus_staff.lint.cells import grade_ids, nothing_grades_it, points_add_up
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.leaks import leaks
from gradus_staff.lint.material import Material, load
from gradus_staff.lint.needed import nothing_needs_it

__all__ = ["RULES", "Finding", "Material", "lint", "load"]

RULES: list[Callable[[Material], Iterator[Finding]]] = [
    grade_ids,
    points_add_up,
    weights_and_cases,
    nothing_grades_it,
    some_answer_is_wrong,
    shown_already,
    leaks,
    titles_and_hints,
]
"""The quick rules, in the order of what they cost a student."""


def lint(material: Material, thorough: bool = False) -> list[Finding]:
    """The findings of all rules; empty where nothing was forgotten.

    thorough  the slow rule, too: it grades answer files
    """
    rules = [*RULES, nothing_needs_it] if thorough else RULES
    return [finding for rule in rules for finding in rule(material) if not material.accepts(finding)]
