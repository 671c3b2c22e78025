"""Known numbers in a student's network, whatever its parameters are called and in whatever order they were made;
and known images to show to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

__all__ = ["fill", "images", "scores_of"]

_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


def fill(model: nn.Module, seed: int, with_norms: bool = False) -> None:
    """Overwrite every weight, bias, scale, shift and running statistic with numbers that depend on what it is.

    model  run once before, so that lazy layers have their shapes        seed  draws the numbers
    with_norms  whether the network is meant to normalise: then a vector of ones among the parameters is taken for a
                scale and one of zeros for a shift, also where the network calls no BatchNorm module
    The numbers of a tensor follow from seed, role, shape, and how many of its kind came before it: the same layers,
    differently written, get the same numbers.
    """
    seen: Counter[tuple[str, tuple[int, ...]]] = Counter()
    with torch.no_grad():
        for role, tensor in _roles(model, with_norms):
            kind = role, tuple(tensor.shape)
            rng = np.random.default_rng([seed, seen[kind], *role.encode(), *tensor.shape])
            seen[kind] += 1
            tensor.copy_(torch.tensor(_numbers(role, tuple(tensor.shape), rng)))


def _numbers(role: str, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    if role == "variance":
        return rng.uniform(0.3, 2.0, shape)
    if role == "scale":
        return rng.uniform(0.5, 1.5, shape) * rng.choice([-1, 1], shape)
    if role == "weight":
        return rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[1:]))
    return rng.normal(size=shape) * 0.3


def _roles(model: nn.Module, with_norms: bool) -> Iterator[tuple[str, Tensor]]:
    """Every tensor of the model with its role: weight, bias, scale, shift, mean, variance; counters are left alone."""
    norms = {id(m) for m in model.modules() if isinstance(m, _NORMS)}
    guessed = _guessed(list(model.parameters())) if with_norms and not norms else {}
    for module in model.modules():
        if id(module) in norms:
            names = {"weight": "scale", "bias": "shift", "running_mean": "mean", "running_var": "variance"}
            for name, role in names.items():
                if getattr(module, name) is not None:
                    yield role, getattr(module, name)
            continue
        for parameter in module.parameters(recurse=False):
            yield guessed.get(id(parameter), "weight" if parameter.dim() > 1 else "bias"), parameter
        for buffer in module.buffers(recurse=False) if guessed else ():
            if buffer.is_floating_point() and buffer.dim() == 1:
                yield "mean" if bool((buffer == 0).all()) else "variance", buffer


def _guessed(parameters: list[nn.Parameter]) -> dict[int, str]:
    """The role of each vector that looks like a scale (ones) or its shift: zeros of its shape, the nearest to it."""
    found: dict[int, str] = {}
    for at, scale in enumerate(parameters):
        if scale.dim() != 1 or not bool((scale == 1).all()):
            continue
        found[id(scale)] = "scale"
        shifts = [
            (abs(k - at), k < at, k)
            for k, p in enumerate(parameters)
            if p.shape == scale.shape and bool((p == 0).all()) and id(p) not in found
        ]
        if shifts:
            found[id(parameters[min(shifts)[2]])] = "shift"
    return found


def images(seed: int, n: int, shape: tuple[int, ...] = (784,)) -> Tensor:
    """Noise in the shape of images: (n, *shape) float32, the same for the same seed."""
    return torch.tensor(np.random.default_rng([seed, n]).normal(size=(n, *shape)), dtype=torch.float32)


def scores_of(model: nn.Module, X: Tensor) -> Tensor:
    """The model's scores for X (n, 784); given as images (n, 1, 28, 28) to a model that takes nothing else."""
    try:
        return model(X).detach()
    except Exception as error:
        try:
            return model(X.reshape(-1, 1, 28, 28)).detach()
        except Exception:
            raise error from None
