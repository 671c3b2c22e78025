"""Convolution and pooling, right and wrong, as fast as torch: what the key to conv_pool_by_hand compares with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

__all__ = [
    "Convolve", "avg_pool", "check_pooling", "conv2d", "conv2d_input_gradient", "conv_on", "input_gradient_on",
    "lp_pool", "max_pool", "output_size", "pool_on", "scatter",
]  # fmt: skip

Convolve = Callable[..., np.ndarray]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Small convolutions wait longer for a second thread than they compute."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def output_size(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> int:
    """floor((i + 2p - d(k - 1) - 1) / s) + 1; ValueError where nothing fits."""
    if min(i, k, s, d) < 1 or p < 0 or i + 2 * p < d * (k - 1) + 1:
        raise ValueError(f"a window of {d * (k - 1) + 1} does not fit {i} + 2 · {p}, or stride {s} makes no sense")
    return (i + 2 * p - d * (k - 1) - 1) // s + 1


def conv2d(image: np.ndarray, kernel: np.ndarray, stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """Cross-correlation: (h, w) by (k, l), or (c, h, w) by (o, c, k, l)."""
    for side in (-2, -1):
        output_size(image.shape[side], kernel.shape[side], stride, padding, dilation)
    flat = kernel.ndim == 2
    x, w = (torch.tensor(a, dtype=torch.float64) for a in (image, kernel))
    if flat:
        x, w = x[None], w[None, None]
    with _one_thread():
        out = F.conv2d(x[None], w, stride=stride, padding=padding, dilation=dilation)[0]
    return (out[0] if flat else out).numpy()


def conv_on(
    image: Callable[..., np.ndarray] | None = None,
    kernel: Callable[..., np.ndarray] | None = None,
    settings: Callable[[int, int], tuple[int, int]] | None = None,
    after: Callable[[np.ndarray], np.ndarray] | None = None,
    padding_by: str = "",
) -> Convolve:
    """A model of a wrong convolution: the right one on a changed image, kernel, stride and padding.

    padding_by  another way of padding: a mode of numpy.pad, or "left" for the top and left side only
    """

    def model(x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
        for side in (-2, -1):
            output_size(x.shape[side], w.shape[side], stride, padding, dilation)
        x, w = image(x, stride) if image else x, kernel(w) if kernel else w
        if settings:
            stride, padding = settings(stride, padding)
        if padding_by:
            sides = {"left": (padding, 0), "right": (0, padding)}.get(padding_by, (padding, padding))
            mode = padding_by if padding_by in ("edge", "reflect") else "constant"
            x = np.pad(x, [(0, 0)] * (x.ndim - 2) + [sides, sides], mode=mode)  # type: ignore[call-overload]
            padding = 0
        out = conv2d(x, w, stride, padding, dilation)
        return after(out) if after else out

    return model


def conv2d_input_gradient(
    grad_out: np.ndarray, kernel: np.ndarray, stride: int, padding: int, input_shape: tuple[int, int]
) -> np.ndarray:
    """dE/dA for dE/dC = grad_out, as autograd finds it; ValueError where the shapes do not belong together."""
    sizes = tuple(output_size(i, k, stride, padding) for i, k in zip(input_shape, kernel.shape, strict=True))
    if sizes != grad_out.shape:
        raise ValueError(f"the gradient has shape {grad_out.shape}, but the output has {sizes}")
    x = torch.zeros(1, 1, *input_shape, dtype=torch.float64, requires_grad=True)
    with _one_thread():
        out = F.conv2d(x, torch.tensor(kernel, dtype=torch.float64)[None, None], stride=stride, padding=padding)
        (grad,) = torch.autograd.grad(out, x, torch.tensor(grad_out, dtype=torch.float64)[None, None])
    return grad[0, 0].numpy()


def input_gradient_on(
    kernel: Callable[[np.ndarray], np.ndarray] | None = None,
    grad: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Convolve:
    """A model of a wrong gradient: the right one for another kernel, or another gradient that arrives."""

    def model(grad_out, w, stride, padding, input_shape):  # type: ignore[no-untyped-def]
        conv2d_input_gradient(grad_out, w, stride, padding, input_shape)
        w, grad_out = kernel(w) if kernel else w, grad(grad_out) if grad else grad_out
        return conv2d_input_gradient(grad_out, w, stride, padding, input_shape)

    return model


def scatter(grad_out, kernel, stride, padding, input_shape, write=np.add, shift=0):  # type: ignore[no-untyped-def]
    """The gradient window by window: every arriving entry times the kernel is written where its window lay."""
    conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape)
    (h, w), (k, m) = input_shape, kernel.shape
    padded = np.zeros((h + 2 * padding, w + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        view = padded[i * stride : i * stride + k, j * stride : j * stride + m]
        view[...] = write(view, grad_out[i, j] * kernel)
    start = max(0, padding - shift)
    return padded[start : start + h, start : start + w]


def check_pooling(shape: tuple[int, ...], size: int, stride: int, padding: int) -> None:
    """ValueError where some window would be empty or none fits."""
    if 2 * padding > size:
        raise ValueError(f"padding {padding} is more than half the window {size}: a window could lie outside the image")
    for side in shape[-2:]:
        output_size(side, size, stride, padding)


def pool_on(
    reduce: Callable[..., np.ndarray], fill: float = 0.0, settings: Any = None, check: Any = check_pooling
) -> Callable[..., np.ndarray]:
    """A pooling function: `reduce` of the windows (rows, columns, cells) of the image, padded with `fill`."""

    def pool(image: np.ndarray, size: int, stride: int, padding: int = 0) -> np.ndarray:
        check(image.shape, size, stride, padding)
        if settings:
            size, stride, padding = settings(size, stride, padding)
        padded = np.pad(np.asarray(image, dtype=float), padding, constant_values=fill)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride]
        return reduce(windows.reshape(*windows.shape[:2], -1))

    return pool


max_pool = pool_on(lambda w: w.max(-1), -np.inf)
avg_pool = pool_on(lambda w: np.nanmean(w, -1), np.nan)


def lp_pool(image: np.ndarray, p: float, size: int, stride: int, padding: int = 0) -> np.ndarray:
    def norm(windows: np.ndarray) -> np.ndarray:
        largest = np.abs(windows).max(-1, keepdims=True)
        if p == math.inf:
            return largest[..., 0]
        safe = np.where(largest > 0, largest, 1)
        return safe[..., 0] * ((np.abs(windows) / safe) ** p).sum(-1) ** (1 / p)

    return pool_on(norm)(image, size, stride, padding)
