"""Small sums over windows, for numbers that are to be fair; plain Python is the fastest at this size."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "Grid",
    "correlate",
    "flipped",
    "has_ties",
    "is_lopsided",
    "pool_maxima",
    "tells_mistakes_apart",
    "transposed",
]

Grid = Sequence[Sequence[int]]


def correlate(image: Grid, kernel: Grid, padding: int = 0) -> list[list[int]]:
    """Cross-correlation with stride 1. image (h, w), kernel (k, l); returns (h + 2p - k + 1, w + 2p - l + 1)."""
    side = [0] * padding
    width = len(image[0]) + 2 * padding
    rows = [[0] * width] * padding + [[*side, *row, *side] for row in image] + [[0] * width] * padding
    k, columns = len(kernel), len(kernel[0])
    return [
        [
            sum(x * w for u in range(k) for x, w in zip(rows[i + u][j : j + columns], kernel[u], strict=True))
            for j in range(width - columns + 1)
        ]
        for i in range(len(rows) - k + 1)
    ]


def _windows(image: Grid, size: int, stride: int) -> list[list[list[int]]]:
    starts_down = range(0, len(image) - size + 1, stride)
    starts_across = range(0, len(image[0]) - size + 1, stride)
    return [[[x for row in image[i : i + size] for x in row[j : j + size]] for j in starts_across] for i in starts_down]


def pool_maxima(image: Grid, size: int, stride: int) -> list[list[int]]:
    """The largest entry of every window."""
    return [[max(window) for window in row] for row in _windows(image, size, stride)]


def has_ties(image: Grid, size: int, stride: int) -> bool:
    """Is the largest entry of some window there more than once?"""
    return any(window.count(max(window)) > 1 for row in _windows(image, size, stride) for window in row)


def flipped(kernel: Grid) -> list[list[int]]:
    """Turned by 180 degrees, as in the convolution of mathematics."""
    return [list(row[::-1]) for row in kernel[::-1]]


def transposed(kernel: Grid) -> list[list[int]]:
    return [list(column) for column in zip(*kernel, strict=True)]


def is_lopsided(kernel: Grid) -> bool:
    """Does it matter which way round a square kernel lies: turned by 180 degrees, and mirrored at its diagonal?"""
    entries = [list(row) for row in kernel]
    return entries != flipped(entries) and entries != transposed(entries)


def tells_mistakes_apart(image: Grid, kernel: Grid, padding: int = 0) -> bool:
    """Do a flipped and a transposed kernel give other outputs than the right one, and than each other?"""
    turned = [kernel, flipped(kernel), transposed(kernel), flipped(transposed(kernel))]
    outputs = [correlate(image, one, padding) for one in turned]
    return all(one not in outputs[:index] for index, one in enumerate(outputs))
