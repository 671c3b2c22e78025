"""Weights copied into a network and read out of it, by order and shape: whoever wrote it, and in whatever style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

__all__ = ["copy_weights", "layer_shapes", "read_weights", "split_weights"]


def layer_shapes(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """Shapes of the weights and biases of linear layers between these sizes, as torch.nn.Linear has them.

    >>> layer_shapes([784, 32, 10])
    [(32, 784), (32,), (10, 32), (10,)]
    """
    return [shape for n_in, n_out in pairwise(sizes) for shape in ((n_out, n_in), (n_out,))]


def split_weights(flat: Tensor, sizes: Sequence[int]) -> list[Tensor]:
    """One flat vector, cut into the tensors of `layer_shapes(sizes)`; ValueError where it is too long or too short."""
    shapes = layer_shapes(sizes)
    lengths = [torch.Size(shape).numel() for shape in shapes]
    if flat.numel() != sum(lengths):
        raise ValueError(f"{flat.numel()} numbers were given, but layers of sizes {list(sizes)} hold {sum(lengths)}.")
    return [part.reshape(shape) for part, shape in zip(flat.split(lengths), shapes, strict=True)]


def copy_weights(network: Any, weights: Sequence[Tensor]) -> None:
    """Set a network's parameters to these values; their dtype becomes that of the values.

    network  anything with `parameters()`        weights  as `layer_shapes` lists them
    A parameter takes the first value not yet taken that has its shape, or its shape transposed (weights kept for
    x @ W), or its shape but for axes of length 1. So all weights may come before all biases. ValueError where the
    parameters are not as many, or one fits nowhere.
    """
    parameters = list(network.parameters())
    for parameter, index, arrange in _pairs(parameters, weights):
        parameter.data = arrange(weights[index]).reshape(parameter.shape).clone()


def read_weights(network: Any, sizes: Sequence[int]) -> list[Tensor]:
    """A network's parameters in the order and shapes of `layer_shapes(sizes)`, detached: what copy_weights reverses."""
    parameters = list(network.parameters())
    places = [torch.empty(shape) for shape in layer_shapes(sizes)]
    found: list[Tensor] = list(places)
    for parameter, index, arrange in _pairs(parameters, places):
        rows = parameter.detach() if arrange is _as_it_is else parameter.detach().T
        found[index] = rows.reshape(places[index].shape).clone()
    return found


def _as_it_is(value: Tensor) -> Tensor:
    return value


def _transposed(value: Tensor) -> Tensor:
    return value.T


def _pairs(parameters: Sequence[Tensor], weights: Sequence[Tensor]) -> list[tuple[Tensor, int, Callable]]:
    """Each parameter with the index of its value and how the value is to be turned."""
    if len(parameters) != len(weights):
        raise ValueError(
            f"The network has {len(parameters)} parameters; {len(weights)} are expected: a weight and a bias for each "
            f"of {len(weights) // 2} layers."
        )
    free = list(range(len(weights)))
    pairs = []
    for parameter in parameters:
        index, arrange = _place(tuple(parameter.shape), weights, free)
        free.remove(index)
        pairs.append((parameter, index, arrange))
    return pairs


def _place(shape: tuple[int, ...], weights: Sequence[Tensor], free: Sequence[int]) -> tuple[int, Callable]:
    for index in free:
        if tuple(weights[index].shape) == shape:
            return index, _as_it_is
    for index in free:
        if weights[index].dim() == 2 and tuple(weights[index].shape[::-1]) == shape:
            return index, _transposed
    squeezed = [size for size in shape if size != 1]
    for index in free:
        if [size for size in weights[index].shape if size != 1] == squeezed:
            return index, _as_it_is
    raise ValueError(
        f"The network has a parameter of shape {shape}; left to be placed are "
        f"{', '.join(str(tuple(weights[index].shape)) for index in free)}."
    )
