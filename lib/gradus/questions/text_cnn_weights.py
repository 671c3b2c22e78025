"""Weights that a question gives to a student's network, whatever the network calls its parameters."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

__all__ = ["are_trained", "give_weights", "parameter_sizes"]

CONVOLUTION, CONVOLUTION_BIAS = "convolution weight", "convolution bias"
LINEAR, LINEAR_BIAS = "linear weight", "linear bias"


def give_weights(
    model: nn.Module, example: Tensor, convolution: tuple[int, int, int], n_classes: int, seed: int
) -> dict[str, nn.Parameter]:
    """Fill one convolution and one linear layer with numbers drawn from the seed; returns the parameters by role.

    example      a batch that the model can read: layers may take their shapes from it
    convolution  (channels out, channels in, kernel), the shape of its weight
    A parameter is known by its number of entries; axes of length 1 and a transposed weight do not matter. ValueError
    where the parameters are not those of one convolution and one linear layer, both with a bias.
    """
    with torch.no_grad():
        model(example)
    roles = _roles(list(model.parameters()), convolution, n_classes)
    features = roles[LINEAR].numel() // n_classes
    rng = np.random.RandomState(seed)
    drawn = {
        CONVOLUTION: rng.standard_normal(convolution) / math.sqrt(convolution[1] * convolution[2]),
        CONVOLUTION_BIAS: rng.standard_normal(convolution[0]) * 0.3,
        LINEAR: rng.standard_normal((n_classes, features)) / math.sqrt(features),
        LINEAR_BIAS: rng.standard_normal(n_classes),
    }
    with torch.no_grad():
        for role, values in drawn.items():
            roles[role].copy_(_shaped(torch.from_numpy(values).float(), roles[role].shape))
    return roles


def are_trained(roles: dict[str, nn.Parameter], scores: Tensor, upstream: Tensor) -> list[bool]:
    """Whether a slope arrives at the convolution's weight, and at the linear layer's."""
    if not scores.requires_grad:
        return [False, False]
    parameters = [roles[CONVOLUTION], roles[LINEAR]]
    found = torch.autograd.grad(scores, parameters, upstream, allow_unused=True, materialize_grads=True)
    return [bool((slope != 0).any()) for slope in found]


def parameter_sizes(model: nn.Module) -> list[int]:
    """How many entries each parameter has, the smallest first."""
    return sorted(p.numel() for p in model.parameters())


def _roles(parameters: list[nn.Parameter], convolution: tuple[int, int, int], n_classes: int) -> dict:
    wanted = {CONVOLUTION: math.prod(convolution), CONVOLUTION_BIAS: convolution[0], LINEAR_BIAS: n_classes}
    roles, left = {}, list(parameters)
    for role, size in wanted.items():
        place = next((i for i, p in enumerate(left) if p.numel() == size), None)
        if place is not None:
            roles[role] = left.pop(place)
    if len(roles) < len(wanted) or len(left) != 1 or left[0].numel() % n_classes:
        shapes = ", ".join(str(tuple(p.shape)) for p in parameters) or "there are none"
        raise ValueError(
            "expected the parameters of one convolution and one linear layer, both with a bias; "
            f"the shapes of yours: {shapes}"
        )
    return {**roles, LINEAR: left[0]}


def _shaped(values: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The values in another shape: axes of length 1 come and go, a matrix may be transposed."""
    short = values.squeeze()
    wanted = tuple(n for n in shape if n != 1)
    if short.dim() == 2 and short.shape != wanted and tuple(short.T.shape) == wanted:
        short = short.T
    return short.reshape(shape)
