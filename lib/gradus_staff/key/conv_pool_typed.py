"""What is typed in conv_pool_by_hand: right values and mistakes, as functions of the student's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradus.numbers.windows import correlate, flipped, pool_maxima, transposed
from gradus_staff.key.conv_pool_models import pool_on, scatter

__all__ = [
    "WRONG_2C", "WRONG_3A", "WRONG_3B", "WRONG_3C", "WRONG_4A", "WRONG_C", "WRONG_GRADIENTS", "WRONG_SIZES_OF_C",
    "c_of", "gradient_of",
]  # fmt: skip


def c_of(n: Any) -> list[list[int]]:
    return correlate(n.A, n.B)


def gradient_of(n: Any) -> list[list[int]]:
    """dE/dA for dE/dC = ones: every pixel collects the kernel entries that ever lie on it."""
    return correlate([[1] * 3] * 3, flipped(n.B), padding=2)


WRONG_SIZES_OF_C = {
    "The window's last place is left out: from 0 to 5 - 3 there are 3 places.": (
        lambda n: (2, 2),
        "How many places has the window's left edge?",
    ),
    "This is the size with padding 1; here nothing is padded.": lambda n: (5, 5),
    "This is the size of A with B laid around it (full padding).": lambda n: (7, 7),
    "C has two axes; this is the number of its entries.": lambda n: 9,
}

_FLIPPED = "Does B lie on A as it is written, or turned round?"
WRONG_C = {
    "The kernel is flipped: that is the convolution of mathematics. Networks use cross-correlation.": (
        lambda n: correlate(n.A, flipped(n.B)),
        _FLIPPED,
    ),
    "The kernel is transposed: its rows are laid where its columns belong.": lambda n: correlate(n.A, transposed(n.B)),
    "Rows and columns of C have changed places.": lambda n: transposed(c_of(n)),
    "A is padded here; the question has no padding.": lambda n: correlate(n.A, n.B, padding=1),
    "The kernel is flipped left to right only.": (lambda n: correlate(n.A, [row[::-1] for row in n.B]), _FLIPPED),
    "The kernel is flipped top to bottom only.": (lambda n: correlate(n.A, n.B[::-1]), _FLIPPED),
    "Every window is averaged; it is summed.": lambda n: [[entry / 9 for entry in row] for row in c_of(n)],
}


def _written_over(n: Any) -> np.ndarray:
    return scatter(np.ones((3, 3)), np.array(n.B), 1, 0, (5, 5), write=lambda old, new: new)


WRONG_GRADIENTS = {
    "The gradient is counted without overlaps: a pixel collects from every window it lies in.": (
        _written_over,
        "In how many windows does the middle pixel lie?",
    ),
    "The kernel is turned by 180 degrees: this is what you get where the flip is left out (or made twice).": (
        lambda n: correlate([[1] * 3] * 3, n.B, padding=2),
        "Which entry of B ties A[0, 0] to C[0, 0]?",
    ),
    "The kernel is transposed; its entries stay where they are, only their way back is traced.": (
        lambda n: transposed(gradient_of(n)),
        "Which entry of B ties A[0, 1] to C[0, 0]?",
    ),
    "This counts in how many windows a pixel lies; each time it is multiplied with another entry of B.": (
        lambda n: correlate([[1] * 3] * 3, [[1] * 3] * 3, padding=2),
        "By what is A[i, j] multiplied, whenever a window covers it?",
    ),
    "Every pixel gets the sum of all of B; at the border fewer entries reach it.": (
        lambda n: [[sum(map(sum, n.B))] * 5] * 5
    ),
    "This is dE/dB, the gradient in the kernel.": (lambda n: correlate(n.A, [[1] * 3] * 3), "In what is E derived?"),
}

WRONG_2C = {
    "The window moves by 2; the stride is 1.": (lambda n: pool_maxima(c_of(n), 2, 2), "How many places has it?"),
    "This is the minimum of every window.": lambda n: [[-m for m in row] for row in pool_maxima(_negative(n), 2, 1)],
    "This is the average of every window.": lambda n: pool_on(lambda w: w.mean(-1))(np.array(c_of(n)), 2, 1),
    "The pooling is done on A, not on C.": lambda n: pool_maxima(n.A, 2, 1),
    "C is not right: the kernel was flipped. The maxima of that C are.": (
        lambda n: pool_maxima(correlate(n.A, flipped(n.B)), 2, 1)
    ),
}


def _negative(n: Any) -> list[list[int]]:
    return [[-entry for entry in row] for row in c_of(n)]


WRONG_3A = {
    "The floor is forgotten: there is no half output.": (
        lambda n: ((n.size_3a.image - n.size_3a.kernel + 2 * n.size_3a.padding) / n.size_3a.stride + 1,) * 2,
        "Can a window lie half on the image?",
    ),
    "The size is rounded up; a window that does not fit whole is left out.": (
        lambda n: (n.size_3a.output + 1,) * 2,
        "What happens to half a window?",
    ),
    "One short: the + 1, or the padding on both sides, is missing.": lambda n: (n.size_3a.output - 1,) * 2,
    "The stride is forgotten.": (
        lambda n: (n.size_3a.image - n.size_3a.kernel + 2 * n.size_3a.padding + 1,) * 2
    ),
    "This is the number of outputs; the question asks for rows and columns.": lambda n: n.size_3a.output**2,
}  # fmt: skip

WRONG_3B = {
    "The kernel is flipped: that is the convolution of mathematics. Networks use cross-correlation.": (
        lambda n: correlate(n.image_3b, flipped(n.kernel_3b), 1),
        "Does the kernel lie on the image as it is written, or turned round?",
    ),
    "The kernel is transposed.": lambda n: correlate(n.image_3b, transposed(n.kernel_3b), 1),
    "The padding is forgotten.": (lambda n: correlate(n.image_3b, n.kernel_3b), "How large is the padded image?"),
    "The padding is on one side only (top and left); it belongs on all four.": (
        lambda n: [row[:-1] for row in correlate(n.image_3b, n.kernel_3b, 1)[:-1]],
        "How large is a 3 x 3 image with padding 1?",
    ),
    "The padding is on one side only (bottom and right); it belongs on all four.": (
        lambda n: [row[1:] for row in correlate(n.image_3b, n.kernel_3b, 1)[1:]],
        "How large is a 3 x 3 image with padding 1?",
    ),
    "The minus sign of the kernel is lost.": (
        lambda n: correlate(n.image_3b, [[abs(entry) for entry in row] for row in n.kernel_3b], 1)
    ),
    "Rows and columns of the output have changed places.": (
        lambda n: transposed(correlate(n.image_3b, n.kernel_3b, 1))
    ),
}  # fmt: skip

WRONG_3C = {
    "The window moves by 1; the stride is 2.": (lambda n: pool_maxima(n.image_3c, 2, 1), "Do the windows overlap?"),
    "This is the average of every window.": lambda n: pool_on(lambda w: w.mean(-1))(np.array(n.image_3c), 2, 2),
    "This is the minimum of every window.": lambda n: pool_on(lambda w: w.min(-1))(np.array(n.image_3c), 2, 2),
    "This is the sum of every window.": lambda n: pool_on(lambda w: w.sum(-1))(np.array(n.image_3c), 2, 2),
    "Rows and columns have changed places.": lambda n: transposed(pool_maxima(n.image_3c, 2, 2)),
}


def _layer(n: Any, change: int = 0) -> tuple[int, int, int]:
    return (n.size_4a.channels, n.size_4a.output + change, n.size_4a.output + change)


def _unfloored(n: Any) -> tuple[float, float, float]:
    side = (n.size_4a.image - n.size_4a.kernel + 2 * n.size_4a.padding) / n.size_4a.stride + 1
    return (n.size_4a.channels, side, side)


WRONG_4A = {
    "This is the number of outputs; the shape says how they lie.": (
        lambda n: n.size_4a.channels * n.size_4a.output**2,
        "Which axes has the output, and how long are they?",
    ),
    "PyTorch writes the channels first.": lambda n: _layer(n)[::-1],
    "The floor is forgotten: there is no quarter of an output.": (_unfloored, "What does the floor cut off?"),
    "The size is rounded up; a window that does not fit whole is left out.": lambda n: _layer(n, 1),
    "One short: the + 1, or the padding on both sides, is missing.": lambda n: _layer(n, -1),
    "The channels are forgotten: every output channel has a picture of its own.": lambda n: _layer(n)[1:],
    "There is one output channel for each kernel, however many channels go in.": (lambda n: (1, *_layer(n)[1:])),
}
