"""Is this observation the expected one, and if not, what is different about it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, runtime_checkable

import numpy as np

from gradus.judging.observation import Array, Observation, Opaque, Raised, describe

__all__ = ["EXACT", "Finding", "Matcher", "Tolerance", "as_numbers", "compare", "show"]


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be off: |got - expected| <= absolute + relative |expected| + of_largest max |expected|.

    The last term is for rounding: where large entries meet, small ones inherit their error. The defaults of `compare`
    follow the narrower of the two dtypes: float32 keeps about 7 digits, of which a sound program may lose three;
    float64 keeps 16, and what agrees to 7 is not a finite difference.
    """

    relative: float
    absolute: float
    of_largest: float = 0.0


EXACT = Tolerance(0.0, 0.0)
_BY_DTYPE = {
    "float16": Tolerance(2e-2, 2e-2),
    "bfloat16": Tolerance(5e-2, 5e-2),
    "float32": Tolerance(1e-4, 1e-5, 1e-6),
    "complex64": Tolerance(1e-4, 1e-5, 1e-6),
    "float64": Tolerance(1e-7, 1e-9, 1e-12),
    "complex128": Tolerance(1e-7, 1e-9, 1e-12),
}


@dataclass(frozen=True)
class Finding:
    """One difference, in a sentence that gives away nothing of a hidden case.

    kind      "raised", "type", "shape", "nan", "values", "length", "keys": what is different
    sentence  for hidden and visible cases alike
    expected, found  short texts of both sides, for visible examples only
    """

    kind: str
    sentence: str
    expected: str = ""
    found: str = ""


@runtime_checkable
class Matcher(Protocol):
    """An expectation that is more than one value: any of several, a curve in a figure, a range."""

    def compare(self, got: Observation, tolerance: Tolerance | None) -> Finding | None:
        """None where `got` is as expected."""


def compare(
    got: Observation, expected: Observation | Matcher, tolerance: Tolerance | None = None, loose: bool = False
) -> Finding | None:
    """None where `got` is what was expected, else the first difference.

    tolerance  None chooses by dtype (see Tolerance)
    loose      True where anything that reads as the right numbers will do: nested lists, arrays, fractions, and a
               tensor without axes for a number
    """
    if isinstance(got, Raised):
        if isinstance(expected, Raised):
            return (
                None if _same_error(got, expected) else _difference("raised", "It raised another error.", got, expected)
            )
        if got.is_unanswered:
            return _difference("raised", "There is no answer yet.", got, expected)
        where = f" in line {got.line} of the cell" if got.line else ""
        return _difference("raised", f"It raised {describe(got)}{'' if got.message.endswith('.') else '.'}"
                           f"{f' (Raised{where}.)' if where else ''}", got, expected)  # fmt: skip
    if isinstance(expected, Matcher):
        return expected.compare(got, tolerance)
    if isinstance(expected, Raised):
        return _difference(
            "type", f"It should raise {expected.type_name} here, but returned {describe(got)}.", got, expected
        )
    if loose:
        return _compare_loosely(got, expected, tolerance)
    if isinstance(expected, Array):
        return _compare_arrays(got, expected, tolerance)
    if isinstance(expected, bool) or expected is None or isinstance(expected, (str, set)):
        return _compare_plain(got, expected)
    if isinstance(expected, (int, float, complex, Fraction)):
        return _compare_numbers(got, expected, tolerance)
    if isinstance(expected, (list, tuple)):
        return _compare_sequences(got, expected, tolerance)
    if isinstance(expected, dict):
        return _compare_dicts(got, expected, tolerance)
    return _difference("type", f"Expected {describe(expected)}, got {describe(got)}.", got, expected)


def _difference(kind: str, sentence: str, got: Observation, expected: Observation) -> Finding:
    return Finding(kind, sentence, show(expected), show(got))


def _same_error(got: Raised, expected: Raised) -> bool:
    return got.type_name == expected.type_name


def _compare_plain(got: Observation, expected: Observation) -> Finding | None:
    if isinstance(got, Array) and got.values.dtype == bool and got.values.size == 1 and isinstance(expected, bool):
        got = bool(got.values.item())
    if isinstance(expected, str) and isinstance(got, str):
        got, expected = got.strip().casefold(), expected.strip().casefold()
    if type(got) is not type(expected):
        return _difference("type", f"Expected {describe(expected)}, got {describe(got)}.", got, expected)
    return None if got == expected else _difference("values", "The value is not the right one.", got, expected)


def _compare_numbers(got: Observation, expected: complex | Fraction, tolerance: Tolerance | None) -> Finding | None:
    if isinstance(got, Array) and got.shape == () and got.library == "numpy":
        got = got.values.item()
    if isinstance(got, bool) or not isinstance(got, (int, float, complex, Fraction)):
        return _difference("type", f"Expected a number, got {describe(got)}.", got, expected)
    return _compare_values(
        np.asarray(_plain(got)), np.asarray(_plain(expected)), tolerance or _BY_DTYPE["float64"], got, expected
    )


def _compare_arrays(got: Observation, expected: Array, tolerance: Tolerance | None) -> Finding | None:
    noun = "a torch tensor" if expected.library == "torch" else "a NumPy array"
    if not isinstance(got, Array) or got.library != expected.library:
        return _difference("type", f"Expected {noun}, got {describe(got)}.", got, expected)
    if got.shape != expected.shape:
        return _shape_finding(got, expected)
    if (got.values.dtype == bool) != (expected.values.dtype == bool):
        return _difference("type", f"Expected numbers of type {expected.dtype}, got {got.dtype}.", got, expected)
    return _compare_values(got.values, expected.values, tolerance or _narrower(got, expected), got, expected)


def _shape_finding(got: Observation, expected: Observation, of: str = "The shape") -> Finding:
    got_dims, expected_dims = len(as_numbers(got).shape), len(as_numbers(expected).shape)
    if got_dims != expected_dims:
        sentence = f"{of} is not the right one: expected {_axes(expected_dims)}, got {_axes(got_dims)}."
    else:
        sentence = f"{of} is not the right one: the number of axes is, but not their lengths."
    return _difference("shape", sentence, got, expected)


def _axes(count: int) -> str:
    return "a single number (no axes)" if count == 0 else f"{count} {'axis' if count == 1 else 'axes'}"


def _narrower(got: Array, expected: Array) -> Tolerance:
    candidates = [_BY_DTYPE.get(array.dtype, EXACT) for array in (got, expected)]
    return max(candidates, key=lambda tolerance: tolerance.relative)


def _compare_values(
    got: np.ndarray, expected: np.ndarray, tolerance: Tolerance, shown_got: Observation, shown_expected: Observation
) -> Finding | None:
    wide = np.complex128 if np.iscomplexobj(got) or np.iscomplexobj(expected) else np.float64
    got, expected = got.astype(wide), expected.astype(wide)
    got_nan, expected_nan = np.isnan(got), np.isnan(expected)
    if np.any(got_nan & ~expected_nan):
        share = f" ({np.count_nonzero(got_nan)} of {got.size} entries)" if got.size > 1 else ""
        return _difference("nan", f"The result is NaN{share}.", shown_got, shown_expected)
    with np.errstate(all="ignore"):
        size = np.abs(expected)
        largest = float(np.max(size, initial=0.0, where=np.isfinite(size)))
        allowed = tolerance.absolute + tolerance.of_largest * largest + tolerance.relative * size
        close = np.abs(got - expected) <= allowed
    close |= (got == expected) | (got_nan & expected_nan)
    close &= ~(np.isinf(expected) & (got != expected))
    if np.all(close):
        return None
    if got.size == 1:
        return _difference("values", "The value is not the right one.", shown_got, shown_expected)
    wrong = np.count_nonzero(~close)
    return _difference(
        "values", f"The values are not the right ones ({wrong} of {got.size} are off).", shown_got, shown_expected
    )


def _compare_sequences(got: Observation, expected: list | tuple, tolerance: Tolerance | None) -> Finding | None:
    if not isinstance(got, (list, tuple)):
        return _difference(
            "type", f"Expected {describe(expected)} of {len(expected)}, got {describe(got)}.", got, expected
        )
    if len(got) != len(expected):
        return _difference("length", f"Expected {len(expected)} entries, got {len(got)}.", got, expected)
    for index, (one, other) in enumerate(zip(got, expected, strict=True)):
        if finding := compare(one, other, tolerance):
            where = f"Entry {index + 1} of {len(expected)}: "
            return Finding(finding.kind, where + finding.sentence, finding.expected, finding.found)
    return None


def _compare_dicts(got: Observation, expected: dict, tolerance: Tolerance | None) -> Finding | None:
    if not isinstance(got, dict):
        return _difference("type", f"Expected {describe(expected)}, got {describe(got)}.", got, expected)
    if missing := [key for key in expected if key not in got]:
        return _difference("keys", f"{', '.join(map(str, missing))} is missing.", got, expected)
    for key, value in expected.items():
        if finding := compare(got[key], value, tolerance):
            return Finding(finding.kind, f"{key}: {finding.sentence}", finding.expected, finding.found)
    return None


def _compare_loosely(got: Observation, expected: Observation, tolerance: Tolerance | None) -> Finding | None:
    if isinstance(expected, (str, set, bool)) or expected is None:
        return _compare_plain(got, expected)
    if isinstance(expected, dict):
        return _compare_dicts(got, expected, tolerance)
    try:
        target = as_numbers(expected)
    except ValueError:  # a list of texts, say: not for loose comparison
        return compare(got, expected, tolerance)
    try:
        numbers = as_numbers(got)
    except ValueError:
        return _difference("type", f"Expected numbers, got {describe(got)}.", got, expected)
    if numbers.shape != target.shape:
        return _shape_finding(got, expected)
    return _compare_values(numbers, target, tolerance or Tolerance(1e-6, 1e-6), got, expected)


def as_numbers(value: Observation) -> np.ndarray:
    """Nested lists, arrays, fractions and numbers as one float64 (or complex) array; ValueError where they are none."""
    if isinstance(value, Array):
        return value.values.astype(np.complex128 if np.iscomplexobj(value.values) else np.float64)
    if isinstance(value, (list, tuple)):
        if not value:
            return np.zeros((0,))
        parts = [as_numbers(item) for item in value]
        if any(part.shape != parts[0].shape for part in parts):
            raise ValueError("the rows are of different lengths")
        return np.stack(parts)
    if isinstance(value, (int, float, complex, Fraction)) and not isinstance(value, bool):
        return np.asarray(_plain(value), dtype=np.complex128 if isinstance(value, complex) else np.float64)
    raise ValueError(f"{describe(value)} is not a number")


def _plain(number: complex | Fraction) -> complex | float:
    if isinstance(number, complex):
        return number
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number)


def show(value: Observation, limit: int = 160) -> str:
    """A value as a student would write it, cut to `limit` characters."""
    text = _show(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _show(value: Observation) -> str:
    if isinstance(value, Matcher):
        return str(value)
    if isinstance(value, (Opaque, Raised)):
        return describe(value)
    if isinstance(value, Array):
        if value.values.size > 60:
            return describe(value)
        return np.array2string(
            value.values, precision=4, separator=", ", floatmode="maxprec", suppress_small=True
        ).replace("\n", " ")
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, float):
        return format(value, ".5g")
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_show(item) for item in value[:30])
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_show(k)}: {_show(v)}" for k, v in list(value.items())[:30]) + "}"
    if isinstance(value, set):
        return "{" + ", ".join(sorted(_show(item) for item in value)) + "}"
    return str(value) if isinstance(value, Fraction) else repr(value)
