"""What BatchNorm's two modes and its running averages do, measured and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.plots import Picture
from gradus.training.evaluation import evaluation_mode
from gradus.training.validation import check_count

__all__ = ["chunk_picture", "in_both_modes", "in_train_mode", "running_average_picture"]

_COLOURS = ("#0072B2", "#D55E00")


@contextmanager
def in_train_mode(model: nn.Module) -> Iterator[None]:
    """Whatever is called within, the model stays in train mode: `eval()` is not heard. For comparisons.

    Afterwards the model's buffers and modes are as before. Code that sets `.training` by hand is not stopped.
    """
    modes = [(module, module.training) for module in model.modules()]
    buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
    train = nn.Module.train
    model.train()
    nn.Module.train = lambda self, mode=True: train(self, True)  # type: ignore[method-assign]
    try:
        yield
    finally:
        nn.Module.train = train  # type: ignore[method-assign]
        for module, was_training in modes:
            module.training = was_training
        with torch.no_grad():
            for buffer, before in buffers:
                buffer.copy_(before)


def in_both_modes(model: nn.Module, measure: Callable[[nn.Module], Any]) -> dict[str, Any]:
    """What `measure(model)` gives in "eval mode" and in "train mode"; the model is as before."""
    with evaluation_mode(model):
        in_eval = measure(model)
    with in_train_mode(model):
        return {"eval mode": in_eval, "train mode": measure(model)}


def chunk_picture(model: nn.Module, X: Tensor, y: Tensor, chunks: Sequence[int]) -> Picture:
    """How far the gradient summed over chunks is from the gradient in one piece, by size of the chunks, in both modes.

    X  (n, ...)    y  (n,) int64    chunks  sizes below n
    Drawn is the norm of the difference, as a share of the norm of the gradient. The model is as before.
    """
    for chunk in chunks:
        check_count("chunk", chunk)
    picture = Picture(figsize=(6.5, 3.6))
    (axes,) = picture.axes_grid()
    for mode, colour, marker in (("train mode", _COLOURS[1], "s"), ("eval mode", _COLOURS[0], "o")):
        with in_train_mode(model) if mode == "train mode" else evaluation_mode(model):
            whole = _gradient(model, X, y, len(X))
            shares = [float((_gradient(model, X, y, chunk) - whole).norm() / whole.norm()) for chunk in chunks]
        # An exact 0 has no place on a logarithmic axis; the smallest rounding error of float32 stands for it.
        axes.plot(chunks, [max(share, 6e-8) for share in shares], color=colour, marker=marker, label=mode)
    axes.set_xscale("log")
    axes.set_xticks(chunks, [str(chunk) for chunk in chunks])
    axes.set_xticks([], minor=True)
    axes.set_yscale("log")
    axes.set_ylim(2e-8, 5)
    axes.set(xlabel=f"images in a chunk (of {len(X)})", ylabel="error of the gradient, relative")
    axes.legend()
    return picture


def _gradient(model: nn.Module, X: Tensor, y: Tensor, chunk: int) -> Tensor:
    """The gradient of the mean loss summed over chunks, in whatever mode the model is."""
    parameters = list(model.parameters())
    total = torch.zeros(sum(p.numel() for p in parameters))
    for X_part, y_part in zip(X.split(chunk), y.split(chunk), strict=True):
        loss = cross_entropy(model(X_part), y_part, reduction="sum") / len(X)
        total += torch.cat([part.flatten() for part in torch.autograd.grad(loss, parameters)])
    return total


def running_average_picture(
    X: Tensor, momenta: Sequence[float] = (0.1, 0.9), batches: int = 60, batch_size: int = 32, seed: int = 0
) -> Picture:
    """The running mean of one channel, batch by batch, for some values of BatchNorm2d's `momentum`.

    X  (n, 784): images; the channel is the brightness of the ReLU of an image, its true mean is drawn as a line
    """
    channel = X.relu().mean(1).reshape(-1, 1, 1, 1)
    rng = torch.Generator().manual_seed(seed)
    drawn = torch.randint(len(X), (batches, batch_size), generator=rng)
    picture = Picture(figsize=(9, 3.4))
    left, right = picture.axes_grid(1, 2)
    left.axhline(float(channel.mean()), color="#222222", linewidth=1, label="mean of all images")
    for momentum, colour, dash in zip(momenta, _COLOURS, ("-", "--"), strict=False):
        norm = nn.BatchNorm2d(1, momentum=momentum)
        running = [float(norm.running_mean)]  # type: ignore[arg-type]
        for batch in drawn:
            norm(channel[batch].expand(-1, 1, 2, 1))
            running.append(float(norm.running_mean))  # type: ignore[arg-type]
        left.plot(running, color=colour, linestyle=dash, label=f"momentum={momentum:g}")
        ages = list(range(20))
        weights = [momentum * (1 - momentum) ** age for age in ages]
        right.plot(
            ages, weights, color=colour, linestyle=dash, marker="o", markersize=3, label=f"momentum={momentum:g}"
        )
    left.set(xlabel="batches seen", ylabel="running mean")
    right.set_xticks(range(0, 20, 5))
    right.set(xlabel="age of a batch (0 is the newest)", ylabel="its weight in the running mean")
    left.legend(fontsize=9)
    right.legend(fontsize=9)
    return picture
