"""What torch answers for a window that moves over an image: outputs and input gradients."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch

MODES = ("cross-correlation", "convolution", "max", "average", "lp")


def forward(
    image: torch.Tensor,
    kernel: torch.Tensor,
    *,
    mode: str = "cross-correlation",
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    p: float = 2.0,
    absolute: bool = False,
    count_padding: bool = True,
) -> torch.Tensor:
    """The output (rows, columns) of one channel.

    image  (h, w) float      kernel  (k, l) float; the pooling modes use its shape only
    Average and Lp pooling have no dilation. Lp pads with zeros; `absolute` takes |x| first, p = inf is max |x|.
    """
    import torch
    from torch.nn import functional

    x, size = image[None, None], tuple(kernel.shape)
    if mode in ("cross-correlation", "convolution"):
        weight = kernel.flip(0, 1) if mode == "convolution" else kernel
        return functional.conv2d(x, weight[None, None], stride=stride, padding=padding, dilation=dilation)[0, 0]
    if mode == "max":
        if any(has_empty_window(n, k, stride, padding, dilation) for n, k in zip(image.shape, size, strict=True)):
            raise RuntimeError("some windows hold nothing but padding")
        return functional.max_pool2d(x, size, stride, padding, dilation)[0, 0]
    if mode == "average":
        return functional.avg_pool2d(x, size, stride, padding, count_include_pad=count_padding)[0, 0]
    x = functional.pad(x, (padding,) * 4)
    if p == math.inf:
        windows = x[0, 0].unfold(0, size[0], stride).unfold(1, size[1], stride)
        return torch.linalg.vector_norm(windows, ord=math.inf, dim=(-2, -1))
    return functional.lp_pool2d(x.abs() if absolute else x, p, (size[0], size[1]), stride)[0, 0]


def has_empty_window(size: int, kernel: int, stride: int, padding: int, dilation: int) -> bool:
    """Whether, along one axis, some window of a dilated kernel reads padding only.

    torch's max_pool2d does not notice: it answers -inf, and its backward pass then writes outside its memory.
    """
    last = size + 2 * padding - dilation * (kernel - 1) - 1
    starts = range(-padding, last - padding + 1, stride)
    return any(not any(0 <= start + k * dilation < size for k in range(kernel)) for start in starts)


def forward_and_gradient(
    image: np.ndarray, kernel: np.ndarray, arriving: np.ndarray | None = None, **settings: Any
) -> tuple[np.ndarray, np.ndarray] | None:
    """The output and dE/dimage for an arriving dE/doutput (ones by default); None where torch refuses the sizes."""
    import torch

    leaf = torch.tensor(image, requires_grad=True)
    try:
        output = forward(leaf, torch.tensor(kernel), **settings)
    except RuntimeError:
        return None
    if arriving is None or arriving.shape != tuple(output.shape):
        arriving = np.ones(tuple(output.shape))
    (gradient,) = torch.autograd.grad(output, leaf, torch.tensor(arriving))
    return output.detach().numpy(), gradient.numpy()
