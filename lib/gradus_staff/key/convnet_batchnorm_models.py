"""The networks and measurements of convnet_batchnorm, right and wrong, made from a few parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

__all__ = ["flat_gradient", "gradient", "mean_of_chunk_means", "network", "smoothness"]


def network(
    order: str = "conv relu pool norm",
    *,
    padding: int = 2,
    kernel: int = 5,
    flat: int = 1568,
    momentum: float = 0.1,
    keeps_averages: bool = True,
    norms: Callable[[bool], bool] = bool,
    norm_layers: int = 2,
    relu: Callable[[], nn.Module] = nn.ReLU,
    pool: Callable[[int], nn.Module] = nn.MaxPool2d,
    last: Callable[[Tensor], Tensor] = lambda scores: scores,
    prepare: Callable[[Tensor], Tensor] = lambda X: X.reshape(-1, 1, 28, 28),
) -> type[nn.Module]:
    """A ConvNet class. `order` names the layers of a block; `norms` says from batch_norm whether there is BatchNorm."""

    class ConvNet(nn.Module):
        def __init__(self, batch_norm: bool = False) -> None:
            super().__init__()
            layers: list[nn.Module] = []
            for number, (c_in, c_out) in enumerate(((1, 16), (16, 32))):
                parts: dict[str, Callable[[], nn.Module]] = {
                    "conv": lambda i=c_in, o=c_out: nn.Conv2d(i, o, kernel, padding=padding),
                    "relu": relu,
                    "pool": lambda: pool(2),
                    "norm": lambda o=c_out: nn.BatchNorm2d(o, momentum=momentum, track_running_stats=keeps_averages),
                }
                has_norm = norms(batch_norm) and number < norm_layers
                layers += [parts[name]() for name in order.split() if name != "norm" or has_norm]
            self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(flat, 10))

        def forward(self, X: Tensor) -> Tensor:
            return last(self.layers(prepare(X)))

    return ConvNet


def vectors_only(X: Tensor) -> Tensor:
    return X.view(X.shape[0], 1, 28, 28) if X.dim() == 2 else X.unsqueeze(1)


def images_only(X: Tensor) -> Tensor:
    return X


def transposed(X: Tensor) -> Tensor:
    return X.reshape(-1, 1, 28, 28).transpose(2, 3)


def with_log_softmax(scores: Tensor) -> Tensor:
    return log_softmax(scores, 1)


@contextmanager
def mode(model: nn.Module, training: bool | None, keeps: bool = True, restores: str = "each part") -> Iterator[None]:
    """The model in train or eval mode (None: as it is) within.

    keeps     whether running statistics are put back
    restores  "each part", "to train" or "nothing"
    """
    modes = [(module, module.training) for module in model.modules()]
    buffers = [(buffer, buffer.clone()) for buffer in model.buffers()]
    if training is not None:
        model.train(training)
    try:
        yield
    finally:
        if restores == "each part":
            for module, was_training in modes:
                module.training = was_training
        elif restores != "nothing":
            model.train()
        if keeps:
            for buffer, before in buffers:
                buffer.data.copy_(before)


def flat_gradient(model: nn.Module, X: Tensor, y: Tensor) -> Tensor:
    """The full gradient in one piece, in eval mode: what everything is compared with."""
    return gradient()(model, X, y)


def gradient(
    *,
    training: bool | None = False,
    keeps: bool = True,
    restores: str = "each part",
    chosen: Callable[[list[nn.Parameter]], Iterable[nn.Parameter]] = lambda parameters: parameters,
    rows: Callable[[int], Any] = lambda n: slice(None),
    scaled: Callable[[Tensor, int], Tensor] = lambda g, n: g,
    accumulates: bool = False,
    chunk: int = 1000,
) -> Callable[[nn.Module, Tensor, Tensor], Tensor]:
    """A flat_gradient with one thing or another changed; `chunk` matters to memory, not to the numbers."""

    def flat_gradient(model: nn.Module, X: Tensor, y: Tensor) -> Tensor:
        parameters = list(chosen(list(model.parameters())))
        X, y, n = X[rows(len(X))], y[rows(len(X))], len(X)
        total: Any = 0
        with mode(model, training, keeps, restores):
            for X_part, y_part in zip(X.split(chunk), y.split(chunk), strict=True):
                loss = cross_entropy(model(X_part), y_part, reduction="sum") / len(X)
                total = total + torch.cat([g.flatten() for g in torch.autograd.grad(loss, parameters)])
        if accumulates:
            for p, part in zip(parameters, total.split([p.numel() for p in parameters]), strict=True):
                p.grad = part.view_as(p).clone() if p.grad is None else p.grad + part.view_as(p)
            total = torch.cat([p.grad.flatten() for p in parameters if p.grad is not None])
        return scaled(total, n)

    return flat_gradient


def mean_of_chunk_means(chunk: int) -> Callable[[nn.Module, Tensor, Tensor], Tensor]:
    """Every chunk weighs the same, also the short one at the end."""

    def flat_gradient(model: nn.Module, X: Tensor, y: Tensor) -> Tensor:
        parts = list(zip(X.split(chunk), y.split(chunk), strict=True))
        return sum(gradient()(model, *part) for part in parts) / len(parts)  # type: ignore[return-value]

    return flat_gradient


def only_first(parameters: list[nn.Parameter]) -> list[nn.Parameter]:
    return parameters[:1]


def _ratio(change: Tensor, u: Tensor, eta: float) -> float:
    return float(change.norm() / u.norm())


def smoothness(
    *,
    full: Callable[..., Tensor] = flat_gradient,
    of_the_batch: Callable[..., Tensor] | None = None,
    step: Callable[..., Tensor] | None = None,
    ratio: Callable[[Tensor, Tensor, float], float] = _ratio,
    change: Callable[[Tensor, Tensor], Tensor] = lambda after, before: after - before,
    on_the_batch: bool = False,
    puts_back: bool = True,
    eta_in_step: Callable[[float], float] = lambda eta: eta,
) -> Callable[..., float]:
    """An effective_smoothness with one thing or another changed."""

    def effective_smoothness(model: nn.Module, X: Tensor, y: Tensor, batch: Tensor, eta: float) -> float:
        parameters = list(model.parameters())
        start = [p.detach().clone() for p in parameters]
        seen = (X[batch], y[batch]) if on_the_batch else (X, y)
        before = full(model, *seen)
        if step is not None:
            u = step(model, X, y, batch, eta)
        else:
            u = -eta_in_step(eta) * (of_the_batch or full)(model, X[batch], y[batch])
        _move(parameters, start, u)
        after = full(model, *seen)
        if puts_back:
            _move(parameters, start, torch.zeros_like(u))
        return ratio(change(after, before), u, eta)

    return effective_smoothness


def _move(parameters: list[nn.Parameter], start: list[Tensor], u: Tensor) -> None:
    """Set the weights to start + u; where u is shorter than the weights, only the first of them move."""
    with torch.no_grad():
        at = 0
        for p, origin in zip(parameters, start, strict=True):
            part = u[at : at + p.numel()]
            p.copy_(origin + part.view_as(origin) if len(part) == p.numel() else origin)
            at += p.numel()


def whole_pass(model: nn.Module, X: Tensor, y: Tensor, batch: Tensor, eta: float) -> Tensor:
    """u over one pass of SGD in batches as long as the given one, not over one step."""
    parameters = list(model.parameters())
    start = torch.cat([p.detach().flatten() for p in parameters]).clone()
    for X_part, y_part in zip(X.split(len(batch)), y.split(len(batch)), strict=True):
        g = flat_gradient(model, X_part, y_part)
        with torch.no_grad():
            for p, part in zip(parameters, g.split([p.numel() for p in parameters]), strict=True):
                p.sub_(eta * part.view_as(p))
    u = torch.cat([p.detach().flatten() for p in parameters]) - start
    nn.utils.vector_to_parameters(start, parameters)
    return u


def full_step(model: nn.Module, X: Tensor, y: Tensor, batch: Tensor, eta: float) -> Tensor:
    return -eta * flat_gradient(model, X, y)


def summed_step(model: nn.Module, X: Tensor, y: Tensor, batch: Tensor, eta: float) -> Tensor:
    return -eta * len(batch) * flat_gradient(model, X[batch], y[batch])


def divided_twice(model: nn.Module, X: Tensor, y: Tensor, batch: Tensor, eta: float) -> Tensor:
    return -eta / len(batch) * flat_gradient(model, X[batch], y[batch])
