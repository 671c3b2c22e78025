"""Known numbers in a student's network, whatever its parameters are called and in whatever order they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

__all__ = ["fill"]

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
    guess = with_norms and not norms
    for module in model.modules():
        if id(module) in norms:
            names = {"weight": "scale", "bias": "shift", "running_mean": "mean", "running_var": "variance"}
            for name, role in names.items():
                if getattr(module, name) is not None:
                    yield role, getattr(module, name)
            continue
        for parameter in module.parameters(recurse=False):
            yield _role(parameter, guess), parameter
        for buffer in module.buffers(recurse=False) if guess else ():
            if buffer.is_floating_point() and buffer.dim() == 1:
                yield "mean" if bool((buffer == 0).all()) else "variance", buffer


def _role(parameter: Tensor, guess: bool) -> str:
    if parameter.dim() > 1:
        return "weight"
    if guess and bool((parameter == 1).all()):
        return "scale"
    return "shift" if guess and bool((parameter == 0).all()) else "bias"
