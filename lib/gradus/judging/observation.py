"""What a student's kernel told us, as plain data.

An observation is one of: None, bool, int, float, complex, str, Fraction, list, tuple, dict, set (of
observations), `Array`, `Opaque` (something that cannot be looked into) or `Raised` (the code did not return).
None of them can carry code; all of them can be compared without importing torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

__all__ = ["Array", "Observation", "Opaque", "Raised", "describe"]

Observation = Any  # one of the plain types in the module's docstring


@dataclass(frozen=True, eq=False)
class Array:
    """A tensor or an array: its numbers, and how it came.

    values         numpy array, any shape (dtypes NumPy lacks, as bfloat16, arrive as float32)
    library        "torch" or "numpy"
    dtype          the name the student's library gives it: "float32", "bfloat16", "int64"
    requires_grad  whether autograd follows it (always False for NumPy)
    """

    values: np.ndarray
    library: str = "torch"
    dtype: str = ""
    requires_grad: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape


@dataclass(frozen=True)
class Opaque:
    """An object of a class that the encoding does not know; only its type's name travels."""

    type_name: str


@dataclass(frozen=True)
class Raised:
    """The student's code raised instead of returning.

    type_name  "ValueError"      message  at most 300 characters      line  of the student's cell, or None
    """

    type_name: str
    message: str = ""
    line: int | None = None

    @property
    def is_unanswered(self) -> bool:
        """True where the stub that students are given is still in place."""
        return self.type_name == "NotImplementedError"


_NAMES = {
    "NoneType": "None",
    "bool": "a truth value",
    "int": "a whole number",
    "float": "a Python number",
    "complex": "a complex number",
    "str": "a text",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dictionary",
    "set": "a set",
    "Fraction": "a fraction",
}


def describe(value: Observation) -> str:
    """The kind of a value in words: "a torch tensor of shape (2, 3)"."""
    if value is None:
        return "None"
    if isinstance(value, Array):
        noun = "torch tensor" if value.library == "torch" else "NumPy array"
        return f"a {noun} of shape {value.shape}"
    if isinstance(value, Opaque):
        return f"an object of type {value.type_name}"
    if isinstance(value, Raised):
        return f"{value.type_name}: {value.message}" if value.message else value.type_name
    if isinstance(value, Fraction):
        return "a fraction"
    return _NAMES.get(type(value).__name__, type(value).__name__)
