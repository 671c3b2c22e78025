"""A table that holds every adjoint against the exact one: exact, close, or off by how much, and a guess why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

__all__ = ["AdjointRow", "AdjointTable", "compare_adjoints", "guess_mistake"]

_CLOSE = 1e-6
"""Relative to the largest exact entry: what is nearer than this is right, but for rounding."""


@dataclass(frozen=True)
class AdjointRow:
    """One adjoint.

    status  "exact", "close", "off" or "missing"       off_by  the largest difference of an entry, where shapes agree
    guess   a sentence about the mistake, or empty
    """

    name: str
    status: str
    shape: tuple[int, ...]
    off_by: float | None = None
    guess: str = ""

    @property
    def words(self) -> str:
        """What the table says: "exact", "close", "off by 0.5", "missing"."""
        if self.status != "off":
            return self.status
        return "off: another shape" if self.off_by is None else f"off by {self.off_by:.3g}"


class AdjointTable:
    """Rows of adjoints; shows itself in a notebook, and as text elsewhere."""

    def __init__(self, rows: list[AdjointRow]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[AdjointRow]:
        return iter(self.rows)

    def __getitem__(self, name: str) -> AdjointRow:
        """The row of one adjoint; LookupError names those there are."""
        for row in self.rows:
            if row.name == name:
                return row
        raise LookupError(f"there is no adjoint of {name!r}; there are {', '.join(row.name for row in self.rows)}")

    @property
    def is_right(self) -> bool:
        return all(row.status in ("exact", "close") for row in self.rows)

    def __repr__(self) -> str:
        width = max(len(row.name) for row in self.rows)
        return "\n".join(f"{row.name:{width}}  {row.words:18}  {row.guess}".rstrip() for row in self.rows)

    def _repr_html_(self) -> str:
        cell = "padding:.25em .8em;text-align:left;vertical-align:top;border:0;white-space:normal"
        head = "".join(
            f'<th style="{cell}" scope="col">{title}</th>' for title in ("", "node", "shape", "adjoint", "a guess")
        )
        body = ""
        for row in self.rows:
            colour, sign = _SIGNS[row.status]
            shape = "a number" if row.shape == () else " × ".join(map(str, row.shape))
            body += (
                f'<tr><td style="{cell};color:{colour}" aria-hidden="true">{sign}</td>'
                f'<th style="{cell}" scope="row">{escape(row.name)}</th><td style="{cell}">{shape}</td>'
                f'<td style="{cell};font-weight:600">{escape(row.words)}</td>'
                f'<td style="{cell}">{escape(row.guess)}</td></tr>'
            )
        return (
            '<table style="border-collapse:collapse;font-family:system-ui,sans-serif;font-size:14px">'
            f"<caption>Adjoints, compared with those of torch.autograd</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


_SIGNS = {
    "exact": ("#1a7f37", "✓"), "close": ("#1a7f37", "✓"), "off": ("#cf222e", "✗"), "missing": ("#6e7781", "–"),
}  # fmt: skip


def compare_adjoints(
    mine: Mapping[str, Any],
    exact: Mapping[str, np.ndarray],
    shares: Mapping[str, Mapping[str, np.ndarray]] | None = None,
    factors: Mapping[str, float] | None = None,
) -> AdjointTable:
    """Hold every adjoint against the exact one, in the order of `exact`.

    mine     arrays, tensors or numbers by name; None or no entry stands for "not done yet"
    shares   where several paths meet: the exact share of each path, by node and by a name for the path
    factors  numbers that are easily forgotten, by a name: {"2/d": 0.5}
    """
    return AdjointTable(
        [
            _row(name, mine.get(name), right, (shares or {}).get(name, {}), factors or {})
            for name, right in exact.items()
        ]
    )


def _row(
    name: str, mine: Any, exact: Any, shares: Mapping[str, np.ndarray], factors: Mapping[str, float]
) -> AdjointRow:
    exact = np.asarray(exact, dtype=np.float64)
    if mine is None:
        return AdjointRow(name, "missing", exact.shape)
    mine = _array(mine)
    if mine.shape != exact.shape:
        return AdjointRow(name, "off", exact.shape, None, guess_mistake(mine, exact, shares, factors))
    off_by = float(np.abs(mine - exact).max(initial=0.0))
    if off_by == 0.0:
        return AdjointRow(name, "exact", exact.shape, 0.0)
    if _same(mine, exact):
        return AdjointRow(name, "close", exact.shape, off_by)
    return AdjointRow(name, "off", exact.shape, off_by, guess_mistake(mine, exact, shares, factors))


def _array(value: Any) -> np.ndarray:
    """Numbers, arrays, torch tensors and tensors of the engine as one array."""
    value = value.detach() if hasattr(value, "detach") else getattr(value, "values", value)
    return np.asarray(value, dtype=np.float64)


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    scale = float(np.abs(b).max(initial=0.0))
    return a.shape == b.shape and bool((np.abs(a - b) <= _CLOSE * scale + 1e-12).all())


def guess_mistake(
    mine: np.ndarray,
    exact: np.ndarray,
    shares: Mapping[str, np.ndarray] | None = None,
    factors: Mapping[str, float] | None = None,
) -> str:
    """A sentence about what could have gone wrong with an adjoint, or an empty one.

    Each guess is a mistake carried out on the exact adjoint: named is the one that gives just these numbers.
    """
    if mine.shape != exact.shape:
        return _guess_from_shapes(mine, exact)
    if not np.isfinite(mine).all():
        return "Some entries are infinite or not a number."
    if not mine.any():
        return "All zeros: does nothing arrive here?"
    for path, share in (shares or {}).items():
        if _same(mine, share):
            return f"Only what comes {path} is there. Which other node uses this one?"
    if _same(mine, -exact):
        return "The sign is turned round."
    if mine.ndim >= 2 and mine.shape[-1] == mine.shape[-2] and _same(mine, np.swapaxes(exact, -1, -2)):
        return "This is the transpose of the right one."
    ratio = _common_ratio(mine, exact)
    if ratio is None:
        return ""
    for name, factor in (factors or {}).items():
        if np.isclose(ratio, 1 / factor):
            return f"The factor {name} is missing."
        if np.isclose(ratio, factor):
            return f"The factor {name} is there twice."
        if np.isclose(ratio, -1 / factor):
            return f"The factor {name} is missing, and the sign is turned round."
    return f"Every entry is {ratio:.4g} times the right one. Which factor is that?"


def _guess_from_shapes(mine: np.ndarray, exact: np.ndarray) -> str:
    shapes = f"The shape is {mine.shape}; an adjoint has the shape of its node, {exact.shape}."
    if mine.ndim >= 2 and _same(np.swapaxes(mine, -1, -2), exact):
        return f"{shapes} This is the transpose of the right one."
    summed = _summed_to(mine, exact.shape)
    if summed is not None and _same(summed, exact):
        return f"{shapes} It is not summed over the axes along which the node was stretched."
    return shapes


def _summed_to(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray | None:
    """The array, added up to a shape that broadcasts to its own; None where that shape does not."""
    try:
        np.broadcast_to(np.empty(shape), array.shape)
    except ValueError:
        return None
    padded = (1,) * (array.ndim - len(shape)) + shape
    axes = tuple(axis for axis, length in enumerate(padded) if length == 1)
    return array.sum(axis=axes, keepdims=True).reshape(shape)


def _common_ratio(mine: np.ndarray, exact: np.ndarray) -> float | None:
    """The one number c with mine = c * exact, or None."""
    square = float((exact * exact).sum())
    if square == 0.0:
        return None
    ratio = float((mine * exact).sum()) / square
    return ratio if _same(mine, ratio * exact) else None
