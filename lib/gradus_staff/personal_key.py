"""Keys to typed answers whose numbers may be the student's own: matrices, sizes, shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from gradus.judging import AnyOf, Finding, Observation, Tolerance, as_numbers, compare, describe, show
from gradus_staff.answer_key import Case, Key, Misconception

__all__ = ["PersonalKey", "RowOf"]


@dataclass(frozen=True)
class RowOf:
    """One row of a matrix is right; the others have criteria of their own."""

    matrix: Any
    index: int

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        right = as_numbers(self.matrix)
        try:
            numbers = as_numbers(got)
        except ValueError:
            return Finding("type", f"Expected a matrix of numbers, got {describe(got)}.", str(self), show(got))
        if numbers.shape != right.shape:
            rows, columns = right.shape
            sentence = f"Expected {rows} rows of {columns} numbers, got {describe(got)}."
            return Finding("shape", sentence, str(self), show(got))
        wrong = int(np.sum(~np.isclose(numbers[self.index], right[self.index], rtol=1e-4, atol=1e-6)))
        if wrong == 0:
            return None
        return Finding("values", f"{wrong} of {right.shape[1]} numbers in this row are off.", str(self), show(got))

    def __str__(self) -> str:
        return f"row {self.index + 1}: {show(as_numbers(self.matrix)[self.index].tolist())}"


class PersonalKey(Key):
    """The key to a typed value that follows from the assignment's numbers.

    solve(numbers)      the right value; a matrix is judged row by row
    mistakes            sentence -> what somebody types who makes it: a function of the numbers, or (function, hint)
    also_right(numbers) further values that are right as well
    is_telling          True where an answer has so many numbers that it fits one student only: then an answer that
                        is right for a classmate's numbers is named as the classmate's
    """

    assignment: ClassVar[str]
    mistakes: ClassVar[dict[str, Any]] = {}
    is_telling: ClassVar[bool] = False
    rows: ClassVar[int] = 0
    """How many rows the right matrix has; 0 where the value is judged as a whole."""

    def solve(self, numbers: Any) -> Any:
        raise NotImplementedError

    def also_right(self, numbers: Any) -> tuple[Any, ...]:
        return ()

    @property
    def numbers(self) -> Any:
        """The numbers of the student whose answer is judged."""
        return self.student.numbers(self.assignment)

    @property
    def answer(self) -> Any:  # type: ignore[override]
        return self.solve(self.numbers)

    @property
    def criteria(self) -> dict[str, float]:  # type: ignore[override]
        return {f"row {index + 1}": 1 for index in range(self.rows)} or {"the value": 1}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        right = self.solve(self.numbers)
        if case.criterion.startswith("row "):
            return RowOf(right, int(case.criterion.removeprefix("row ")) - 1)
        return AnyOf(right, *self.also_right(self.numbers), loose=True)

    def models(self) -> dict[str, Misconception]:
        found = {}
        for sentence, given in self.mistakes.items():
            model, hint = given if isinstance(given, tuple) else (given, "")
            found[sentence] = Misconception(model(self.numbers), hint)
        if self.student.version == "personal":
            printed = self.solve(type(self.numbers).fixed())
            found["This is right for the numbers of the lecture; the numbers of this question are your own."] = (
                Misconception(printed)
            )
        return found

    def recognise(self, case: Case, got: Observation) -> str | None:
        if not self.is_telling:
            return None
        fits: Callable[[Any], bool] = lambda numbers: compare(got, self.solve(numbers), loose=True) is None  # noqa: E731
        owners = self.student.owners(self.assignment, fits)
        if not owners:
            return None
        return f"These numbers are another student's: the answer is right for {' and '.join(owners[:3])}, not for you."
