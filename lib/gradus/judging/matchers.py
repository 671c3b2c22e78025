"""Expectations that are more than one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradus.judging.compare import Finding, Tolerance, as_numbers, compare, show
from gradus.judging.observation import Observation, describe

__all__ = ["AnyOf", "Between", "Numbers", "Where"]


@dataclass(frozen=True)
class AnyOf:
    """Any one of several answers is right."""

    answers: tuple[Any, ...]
    loose: bool = False

    def __init__(self, *answers: Any, loose: bool = False) -> None:
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "loose", loose)

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        findings = [compare(got, answer, tolerance, self.loose) for answer in self.answers]
        return None if None in findings else findings[0]

    def __str__(self) -> str:
        return " or ".join(show(answer) for answer in self.answers)


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, both included."""

    low: float
    high: float

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        try:
            number = as_numbers(got)
        except ValueError:
            return Finding("type", f"Expected a number, got {describe(got)}.", str(self), show(got))
        if number.shape not in ((), (1,)):
            return Finding("shape", f"Expected a single number, got {describe(got)}.", str(self), show(got))
        if self.low <= number.real.item() <= self.high:
            return None
        return Finding("values", "The value is out of the range that is right.", str(self), show(got))

    def __str__(self) -> str:
        return f"from {self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Numbers:
    """The format only: numbers of a given shape, whatever they are. For checks that must not give the answer away."""

    shape: tuple[int, ...] = ()
    whole: bool = False

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        try:
            numbers = as_numbers(got)
        except ValueError:
            return Finding("type", f"Expected {self}, got {describe(got)}.", str(self), show(got))
        if numbers.shape != self.shape:
            return Finding("shape", f"Expected {self}, got shape {numbers.shape}.", str(self), show(got))
        if self.whole and any(number != round(number.real) for number in numbers.flatten().tolist()):
            return Finding("values", "Expected whole numbers.", str(self), show(got))
        return None

    def __str__(self) -> str:
        noun = "whole number" if self.whole else "number"
        return f"a {noun}" if self.shape == () else f"{noun}s of shape {self.shape}"


@dataclass(frozen=True)
class Where:
    """Whatever satisfies a test of ours; `test` returns True, or a sentence that says what is wrong."""

    test: Callable[[Observation], bool | str]
    words: str

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        outcome = self.test(got)
        if outcome is True:
            return None
        sentence = outcome if isinstance(outcome, str) else f"Expected {self.words}."
        return Finding("values", sentence, self.words, show(got))

    def __str__(self) -> str:
        return self.words
