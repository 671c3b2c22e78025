"""Hidden inputs for conv_pool_by_hand, drawn: many small convolutions and poolings in one case."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradus_staff.key.conv_pool_models import output_size

__all__ = ["COUNTS", "backward", "convolutions", "poolings", "unflippable", "with_channels"]

COUNTS = 20
"""Configurations in one case."""


def _point_symmetric(kernel: np.ndarray) -> np.ndarray:
    """A kernel that looks the same turned by 180 degrees: for criteria that are not about flipping."""
    return (kernel + kernel[..., ::-1, ::-1]) / 2


def convolutions(rng: np.random.Generator, strides: tuple[int, int], paddings: tuple[int, int]) -> dict[str, list[Any]]:
    """Images, kernels, strides and paddings of COUNTS convolutions that fit; kernels neither square nor symmetric."""
    out: dict[str, list[Any]] = {"images": [], "kernels": [], "strides": [], "paddings": []}
    for _ in range(COUNTS):
        k, m = rng.integers(2, 5, 2)
        h, w = k + rng.integers(2, 7), m + rng.integers(2, 7)
        out["images"].append(rng.normal(size=(h, w)))
        out["kernels"].append(rng.normal(size=(k, m)))
        out["strides"].append(int(rng.integers(strides[0], strides[1] + 1)))
        out["paddings"].append(int(rng.integers(paddings[0], paddings[1] + 1)))
    return out


def unflippable(drawn: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {**drawn, "kernels": [_point_symmetric(kernel) for kernel in drawn["kernels"]]}


def with_channels(rng: np.random.Generator) -> dict[str, list[Any]]:
    drawn = convolutions(rng, (1, 2), (0, 1))
    for index, (image, kernel) in enumerate(zip(drawn["images"], drawn["kernels"], strict=True)):
        c, o = (int(n) for n in rng.integers(1, 4, 2))
        drawn["images"][index] = rng.normal(size=(c, *image.shape))
        drawn["kernels"][index] = rng.normal(size=(o, c, *kernel.shape))
    return unflippable(drawn)


def backward(rng: np.random.Generator, strides: tuple[int, int], paddings: tuple[int, int]) -> dict[str, list]:
    drawn = convolutions(rng, strides, paddings)
    shapes = [x.shape for x in drawn.pop("images")]
    settings = zip(shapes, drawn["kernels"], drawn["strides"], drawn["paddings"], strict=True)
    sizes = [[output_size(i, k, s, p) for i, k in zip(x, w.shape, strict=True)] for x, w, s, p in settings]
    return {"grads": [rng.normal(size=size) for size in sizes], **drawn, "shapes": [list(shape) for shape in shapes]}


def poolings(rng: np.random.Generator, count: int = COUNTS) -> tuple[list[np.ndarray], list[list[int]]]:
    """Images of all signs, and rows of (size, stride, padding) that fit them; windows overlap, touch or leave gaps."""
    images, rows = [], []
    for _ in range(count):
        size, stride = int(rng.integers(1, 5)), int(rng.integers(1, 5))
        padding = int(rng.integers(0, size // 2 + 1))
        h, w = size + rng.integers(1, 6, 2)
        images.append(rng.normal(size=(h, w)) * 4 + float(rng.choice([-6.0, 0.0, 3.0])))
        rows.append([size, stride, padding])
    return images, rows
