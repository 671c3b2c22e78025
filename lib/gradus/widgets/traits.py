"""State that forgives: a value that makes no sense becomes a sentence in the picture, never a stack trace."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST_SIDE = 32
LARGEST_ENTRY = 1e5


class Forgiving(traitlets.TraitType):
    """A trait whose `convert` may raise ValueError(sentence): the sentence is shown and the value before stays."""

    def __init__(self, default_value: Any, **kwargs: Any) -> None:
        super().__init__(default_value, **kwargs)
        self.tag(sync=True)

    def convert(self, value: Any) -> Any:
        raise NotImplementedError

    def validate(self, obj: Any, value: Any) -> Any:
        try:
            converted = self.convert(value)
        except (ValueError, TypeError, OverflowError) as error:
            obj.complain(self.name, str(error))
            return obj._trait_values.get(self.name, self.default(obj))
        obj.complain(self.name, self.remark(value))
        return converted

    def remark(self, value: Any) -> str:
        """A sentence about a value that was taken, but not whole; usually nothing."""
        return ""


class Whole(Forgiving):
    """A whole number; 2.0 and NumPy's integers are whole numbers too."""

    def convert(self, value: Any) -> int:
        try:
            number = int(value)
            whole = not isinstance(value, str) and number == value
        except (ValueError, TypeError, OverflowError):
            whole = False
        if not whole:
            raise ValueError(
                f"{self.name} must be a whole number, and {value!r:.60} is none; {self.name} is unchanged."
            )
        return max(-9999, min(9999, number))


class Real(Forgiving):
    """A number; infinity only where `infinite` allows it, and travels to the browser as the word "inf"."""

    def __init__(self, default_value: float, *, infinite: bool = False, **kwargs: Any) -> None:
        super().__init__(default_value, **kwargs)
        self.infinite = infinite
        if infinite:
            self.tag(
                to_json=lambda value, _: "inf" if value == math.inf else value,
                from_json=lambda value, _: math.inf if value == "inf" else value,
            )

    def convert(self, value: Any) -> float:
        try:
            number = math.nan if isinstance(value, str) else float(value)
        except (ValueError, TypeError, OverflowError):
            number = math.nan
        if math.isnan(number) or (math.isinf(number) and not (self.infinite and number > 0)):
            raise ValueError(f"{self.name} must be a number, and {value!r:.60} is none; {self.name} is unchanged.")
        return number


class Text(Forgiving):
    """A text, at most 400 characters of it."""

    def convert(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{self.name} must be a text, and {value!r:.60} is none; {self.name} is unchanged.")
        return value[:400]


class Choice(Forgiving):
    """One of a few words."""

    def __init__(self, words: Sequence[str], **kwargs: Any) -> None:
        super().__init__(words[0], **kwargs)
        self.words = tuple(words)

    def convert(self, value: Any) -> str:
        if value not in self.words:
            known = ", ".join(self.words)
            raise ValueError(f"{self.name} can be {known}; {value!r:.60} is none of them, so it is unchanged.")
        return value


class Grid(Forgiving):
    """Rows of numbers: lists, NumPy arrays or tensors in; a read-only float64 array out.

    A single whole number k stands for a k × k grid whose entries `fill(row, column)` gives, by default ones.
    """

    def __init__(
        self, default_value: Any, *, optional: bool = False, fill: Callable[..., float] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(None if default_value is None else frozen(default_value), **kwargs)
        self.optional = optional
        self.fill = fill
        self.tag(to_json=lambda value, _: as_lists(value), from_json=lambda value, _: value)

    def convert(self, value: Any) -> np.ndarray | None:
        if value is None and self.optional:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_SIDE:
            ones = np.ones((value, value))
            return frozen(ones if self.fill is None else np.fromfunction(self.fill, ones.shape))
        numbers = plain(value)
        if numbers is None or numbers.ndim != 2 or numbers.size == 0:
            what = f"{value!r:.60}" if numbers is None else f"an array of shape {numbers.shape}"
            raise ValueError(f"{self.name} must be rows of numbers, all equally long, and not {what}; it is unchanged.")
        cropped = numbers[:LARGEST_SIDE, :LARGEST_SIDE]
        if not np.isfinite(cropped).all() or np.abs(cropped).max() > LARGEST_ENTRY:
            raise ValueError(f"{self.name} can hold numbers from −100000 to 100000 only; it is unchanged.")
        return frozen(cropped)

    def remark(self, value: Any) -> str:
        numbers = None if value is None else plain(value)
        if numbers is None or max(numbers.shape, default=0) <= LARGEST_SIDE:
            return ""
        rows, columns = numbers.shape
        return (
            f"{self.name} was given with {rows} × {columns} cells; "
            f"the picture shows its first {min(rows, LARGEST_SIDE)} × {min(columns, LARGEST_SIDE)}."
        )


def plain(value: Any) -> np.ndarray | None:
    """The value as a float64 array, or None where it is no array of numbers."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        return np.asarray(value, dtype=np.float64)
    except (ValueError, TypeError):
        return None


def frozen(value: Any) -> np.ndarray:
    """A read-only float64 copy: a change must be an assignment, or the browser would not hear of it."""
    array = np.array(value, dtype=np.float64)
    array.setflags(write=False)
    return array


def as_lists(value: np.ndarray | None) -> list[list[float | None]] | None:
    """Rows for JSON, which knows no nan: those entries become null."""
    if value is None:
        return None
    return [[float(entry) if math.isfinite(entry) else None for entry in row] for row in value]
