"""Models of the mistakes in the code of conv_pool_by_hand: by question, sentence -> answer of somebody who makes it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from torch.nn import functional as F

from gradus_staff.answer_key import Misconception
from gradus_staff.key.conv_pool_models import (
    avg_pool,
    conv2d,
    conv2d_input_gradient,
    conv_on,
    input_gradient_on,
    lp_pool,
    max_pool,
    pool_on,
    scatter,
)

__all__ = [
    "RIGHT_WINDOW", "WRONG_CONVOLUTIONS", "WRONG_COUNTS", "WRONG_GRADIENTS", "WRONG_MINIMA", "WRONG_POOLING",
    "WRONG_RECIPES", "WRONG_SIZES", "outputs",
]  # fmt: skip


def _rounded_up(x: np.ndarray, stride: int) -> np.ndarray:
    """Zeros at the right and below, so that the last, incomplete window fits."""
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(0, stride - 1)] * 2)


def _spoiling(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
    out = conv2d(x, w, s, p)
    x += 1
    return out


def _averaged(grad, w, s, p, shape):  # type: ignore[no-untyped-def]
    total = scatter(grad, w, s, p, shape)
    count = scatter(np.ones_like(grad), np.ones_like(w), s, p, shape)
    return total / np.maximum(count, 1)


def _at_distance_one(grad, w, s, p, shape):  # type: ignore[no-untyped-def]
    conv2d_input_gradient(grad, w, s, p, shape)
    full = conv2d_input_gradient(grad, w, 1, 0, tuple(g + k - 1 for g, k in zip(grad.shape, w.shape, strict=True)))
    out = np.zeros(shape)
    rows, columns = (min(a, b) for a, b in zip(shape, full.shape, strict=True))
    out[:rows, :columns] = full[:rows, :columns]
    return out


def _pooled(maximum=max_pool, average=avg_pool, lp=lp_pool):  # type: ignore[no-untyped-def]
    """The three functions with one of them wrong."""
    return (maximum, average, lp)


def _both(**changed: Any) -> tuple:
    """The same mistake in all three."""
    return (
        pool_on(lambda w: w.max(-1), -np.inf, **changed),
        pool_on(lambda w: np.nanmean(w, -1), np.nan, **changed),
        lambda image, p, *rest: pool_on(
            lambda w: (np.abs(w) ** p).sum(-1) ** (1 / p) if p < 100 else np.abs(w).max(-1), **changed
        )(image, *rest),
    )


def _lp(norm):  # type: ignore[no-untyped-def]
    return lambda image, p, *rest: pool_on(lambda w: norm(w, p))(image, *rest)


def _quietly(work):  # type: ignore[no-untyped-def]
    with np.errstate(all="ignore"):
        return work()


def _safe(w: np.ndarray, p: float) -> np.ndarray:
    return np.abs(w).max(-1) if p > 60 else (np.abs(w) ** p).sum(-1) ** (1 / p)


def outputs(h: int, p: int, s: int) -> int:
    return (h + p) // s + 1


RIGHT_WINDOW = [[-3.0, 1.0], [0.0, 2.0]]


WRONG_SIZES = {
    "The floor is forgotten: there is no half output.": Misconception(
        lambda i, k, s, p, d=1: (i - k + 2 * p) / s + 1, "Can a window lie half on the image?"
    ),
    "The size is rounded; it is cut off: a window that does not fit whole is left out.": Misconception(
        lambda i, k, s, p, d=1: math.floor((i - k + 2 * p) / s + 0.5) + 1, "What happens to half a window?"
    ),
    "The size is rounded up; a window that does not fit whole is left out.": Misconception(
        lambda i, k, s, p, d=1: math.ceil((i - k + 2 * p) / s) + 1, "What happens to half a window?"
    ),
    "The + 1 is missing: the window's first place counts as well.": (lambda i, k, s, p, d=1: (i - k + 2 * p) // s),
    "The padding counts once; it lies on both sides.": (lambda i, k, s, p, d=1: (i - k + p) // s + 1),
    "The padding is forgotten.": lambda i, k, s, p, d=1: (i - k) // s + 1,
    "The stride is forgotten.": lambda i, k, s, p, d=1: i - k + 2 * p + 1,
    "The + 1 stands inside the division; it is added after the floor.": (
        lambda i, k, s, p, d=1: (i - k + 2 * p + 1) // s
    ),
}


WRONG_CONVOLUTIONS = {
    "The kernel is flipped: that is the convolution of mathematics. Networks use cross-correlation.": Misconception(
        conv_on(kernel=lambda w: w[..., ::-1, ::-1].copy()), "Does B lie on A as it is written, or turned round?"
    ),
    "The kernel is flipped left to right only.": conv_on(kernel=lambda w: w[..., ::-1].copy()),
    "The kernel is flipped top to bottom only.": conv_on(kernel=lambda w: w[..., ::-1, :].copy()),
    "The padding is on one side only (top and left); it belongs on all four.": Misconception(
        conv_on(padding_by="left"), "How large is a 2 x 2 image with padding 1?"
    ),
    "The padding is on one side only (bottom and right); it belongs on all four.": conv_on(padding_by="right"),
    "The padding repeats the edge; it should be zeros.": conv_on(padding_by="edge"),
    "The padding is not used.": conv_on(settings=lambda s, p: (s, 0)),
    "The stride is not used.": conv_on(settings=lambda s, p: (1, p)),
    "The output is rounded up: an incomplete last window is filled with zeros.": Misconception(
        conv_on(image=_rounded_up), "What does the floor in your formula of 1B cut off?"
    ),
    "The result is stored as whole numbers; what stands behind the point is lost.": Misconception(
        conv_on(after=np.trunc), "Which dtype has the array that you collect the results in?"
    ),
    "The channels are averaged; they are summed.": (
        lambda x, w, *rest: conv2d(x, w, *rest) / (x.shape[0] if x.ndim == 3 else 1)
    ),
    "Every window is averaged; it is summed.": (lambda x, w, *rest: conv2d(x, w, *rest) / (w.shape[-1] * w.shape[-2])),
    "The output is transposed: rows and columns have changed places.": (
        lambda x, w, *rest: np.swapaxes(conv2d(x, w, *rest), -1, -2)
    ),
    "Image or kernel are changed on the way; work on a copy.": _spoiling,
}


WRONG_GRADIENTS = {
    "Where windows overlap, only the last one is kept; a pixel collects from every window it lies in.": Misconception(
        lambda *given: scatter(*given, write=lambda old, new: new), "= or +=?"
    ),
    "The kernel is turned by 180 degrees: this is what you get where the flip is left out (or made twice).": (
        Misconception(
            input_gradient_on(kernel=lambda w: w[::-1, ::-1].copy()), "Which kernel entry ties A[0, 0] to C[0, 0]?"
        )
    ),
    "The arriving gradient is not used: every window hands back the kernel alone.": Misconception(
        input_gradient_on(grad=np.ones_like), "If dE/dC is twice as large, what becomes of dE/dA?"
    ),
    "The border is not cut off: rows and columns of the padding are still there.": Misconception(
        lambda grad, w, s, p, shape: conv2d_input_gradient(grad, w, s, 0, tuple(n + 2 * p for n in shape))
        if conv2d_input_gradient(grad, w, s, p, shape) is not None else None,
        "How large must dE/dA be?",
    ),
    "The padding is cut off at the wrong side: the gradient is shifted.": (
        lambda *given: scatter(*given, shift=given[3])
    ),
    "The windows are averaged where they overlap; they add up.": lambda *given: _averaged(*given),
    "The stride is not used: the windows lie side by side at distance 1.": lambda *given: _at_distance_one(*given),
}  # fmt: skip


WRONG_POOLING = {
    "Padded cells take part in the maximum as zeros; among negative numbers they win.": Misconception(
        _pooled(maximum=pool_on(lambda w: w.max(-1), 0.0)), "Is a padded cell in S?"
    ),
    "Padded cells are counted in the average (count_include_pad); S holds the image's cells only.": Misconception(
        _pooled(average=pool_on(lambda w: w.mean(-1), 0.0)), "How many cells has S at the border?"
    ),
    "The average is not divided: this is the sum.": _pooled(average=pool_on(lambda w: np.nansum(w, -1), np.nan)),
    "The sum is divided by the window's side, not by the number of its cells.": (
        _pooled(average=pool_on(lambda w: np.nansum(w, -1) / math.sqrt(w.shape[-1]), np.nan))
    ),
    "The maximum is taken of the absolute values.": (
        _pooled(maximum=pool_on(lambda w: np.where(np.isinf(w), -1, np.abs(w)).max(-1), -np.inf))
    ),
    "This is the minimum of every window.": _pooled(maximum=pool_on(lambda w: w.min(-1), np.inf)),
    "The absolute value is missing in Lp: odd powers of negative numbers are negative.": Misconception(
        _pooled(lp=_lp(lambda w, p: _quietly(lambda: (w**p).sum(-1) ** (1 / p)))), "What is |x|^p for x = -2, p = 3?"
    ),
    "The root is missing in Lp.": _pooled(lp=_lp(lambda w, p: (np.abs(w) ** min(p, 60)).sum(-1))),
    "Lp is divided by the number of cells; the definition only sums.": (
        _pooled(lp=_lp(lambda w, p: _safe(w, p) * w.shape[-1] ** (-1 / min(p, 60))))
    ),
    "p is not used: this is the Euclidean norm of the window.": (_pooled(lp=_lp(lambda w, p: (w**2).sum(-1) ** 0.5))),
    "The stride is not used.": _both(settings=lambda k, s, p: (k, 1, p)),
    "The windows always lie side by side; the stride is not used.": _both(settings=lambda k, s, p: (k, k, p)),
    "The padding is not used.": _both(settings=lambda k, s, p: (k, s, 0)),
}


WRONG_RECIPES = {
    "The sum is to be divided by the number of cells, not multiplied.": (math.inf, 1, lambda n: n, RIGHT_WINDOW),
    "The factor is missing: for p = 1, Lp is the sum.": (math.inf, 1, lambda n: 1.0, RIGHT_WINDOW),
    "The factor is 1 / |S|, not its root: at p = 1 nothing is left of the root.": (
        math.inf, 1, lambda n: 1 / math.sqrt(n), RIGHT_WINDOW,
    ),
    "The factor is the one for a window of 4 cells, whatever the window.": (math.inf, 1, lambda n: 0.25, RIGHT_WINDOW),
    "The two powers have changed places.": (1, math.inf, lambda n: 1 / n, RIGHT_WINDOW),
    "The average is no Euclidean length: p = 2 squares the entries.": (math.inf, 2, lambda n: 1 / n, RIGHT_WINDOW),
    "As p shrinks to 0, small entries count like large ones; the maximum is at the other end.": (
        0, 1, lambda n: 1 / n, RIGHT_WINDOW,
    ),
}  # fmt: skip


WRONG_MINIMA = {
    "The minus sign in front is missing: this is the maximum of -x.": (lambda x, k, s: F.max_pool2d(-x, k, s)),
    "The minus sign inside is missing: this is -max(x).": lambda x, k, s: -F.max_pool2d(x, k, s),
    "This is the maximum.": lambda x, k, s: F.max_pool2d(x, k, s),
    "1 / max(1 / x) is the minimum of positive numbers only.": Misconception(
        lambda x, k, s: 1 / F.max_pool2d(1 / x, k, s), "What does it give for the window (1, -2)?"
    ),
    "The absolute values are compared.": lambda x, k, s: -F.max_pool2d(-x.abs(), k, s),
    "The stride is not used: PyTorch takes the window's size.": lambda x, k, s: -F.max_pool2d(-x, k),
}


WRONG_COUNTS = {
    "The largest of n numbers is found with n - 1 comparisons, not n.": (
        lambda c, h, w, p, q, s, t: c * outputs(h, p, s) * outputs(w, q, t) * p * q
    ),
    "The channels are forgotten.": lambda c, h, w, p, q, s, t: outputs(h, p, s) * outputs(w, q, t) * (p * q - 1),
    "The + 1 of the output's size is missing.": (
        lambda c, h, w, p, q, s, t: c * ((h + p) // s) * ((w + q) // t) * (p * q - 1)
    ),
    "The padding counts once; it lies on both sides.": (
        lambda c, h, w, p, q, s, t: c * (h // s + 1) * (w // t + 1) * (p * q - 1)
    ),
    "The padding is forgotten.": (
        lambda c, h, w, p, q, s, t: c * ((h - p) // s + 1) * ((w - q) // t + 1) * (p * q - 1)
    ),
    "The floor is forgotten: there is no half window.": (
        lambda c, h, w, p, q, s, t: c * ((h + p) / s + 1) * ((w + q) / t + 1) * (p * q - 1)
    ),
    "Every pixel is counted once; overlapping windows look at it again.": lambda c, h, w, *rest: c * h * w,
}
