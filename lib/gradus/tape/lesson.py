"""What the assignment autodiff shows and asks with: two graphs, exact adjoints, and two operations of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from gradus.adjoints import AdjointTable, compare_adjoints
from gradus.graphs import GraphPicture, Node
from gradus.tape.engine import Tensor, TensorOp

__all__ = [
    "Blend",
    "RawCube",
    "exact_adjoints",
    "network_picture",
    "network_values",
    "polynomial_picture",
    "show_adjoints",
]

_NAMES = ("v7", "v6", "v5", "v4", "v3", "v2", "v1")


def polynomial_picture(blanks: Mapping[str, str] | None = None) -> GraphPicture:
    """The graph of y = (x1 + x2)^2 + x2*x3 - x3: with blanks (a) to (e), or with your answers in them."""
    made = {"a": ("x1", "x2"), "b": ("x2", "x3"), "c": ("(a)",), "d": ("(c)", "(b)"), "e": ("(d)", "x3")}
    nodes = [Node("x1"), Node("x2"), Node("x3")]
    for letter, inputs in made.items():
        sign = str((blanks or {}).get(letter, "?"))
        nodes.append(Node(f"({letter})", sign[:12], inputs, blank=sign == "?", note="= y" if letter == "e" else ""))
    return GraphPicture(nodes, "The graph of y")


def network_picture() -> GraphPicture:
    """The graph of question 2B."""
    nodes = [
        Node("v1", caption="x", sign="v1"), Node("v2", caption="W", sign="v2"), Node("v3", caption="y", sign="v3"),
        Node("v4", "@", ("v1", "v2")), Node("v5", "exp", ("v4",)), Node("v6", "+", ("v4", "v5")),
        Node("v7", "MSE", ("v6", "v3")),
    ]  # fmt: skip
    return GraphPicture(nodes, "The graph of question 2B")


def network_values(x: Any, W: Any, y: Any) -> list[torch.Tensor]:
    """v1 to v7 of question 2B."""
    v1, v2, v3 = (torch.tensor(np.asarray(value), dtype=torch.float64) for value in (x, W, y))
    v4 = v1 @ v2
    v5 = torch.exp(v4)
    v6 = v4 + v5
    return [v1, v2, v3, v4, v5, v6, torch.mean((v6 - v3) ** 2)]


def exact_adjoints(x: Any, W: Any, y: Any) -> dict[str, np.ndarray]:
    """The adjoints of v7 to v1 in question 2B, found by torch.autograd."""
    leaves = [torch.tensor(np.asarray(value), dtype=torch.float64).requires_grad_() for value in (x, W, y)]
    v4 = leaves[0] @ leaves[1]
    v5 = torch.exp(v4)
    v6 = v4 + v5
    v7 = torch.mean((v6 - leaves[2]) ** 2)
    nodes = [v7, v6, v5, v4, leaves[2], leaves[1], leaves[0]]
    return {name: found.numpy() for name, found in zip(_NAMES, torch.autograd.grad(v7, nodes), strict=True)}


def show_adjoints(adjoints: Any, k: int = 2, d: int = 3, seed: int = 1) -> AdjointTable:
    """Your answer to question 2B on random numbers, adjoint by adjoint, beside torch.autograd.

    k, d  sizes of x (1, k), W (k, d) and y (1, d), at least 1 each
    """
    if k < 1 or d < 1:
        raise ValueError(f"k = {k}, d = {d}: expected whole numbers of at least 1")
    rng = np.random.default_rng(seed)
    x, W, y = rng.normal(size=(1, k)), rng.normal(size=(k, d)), rng.normal(size=(1, d))
    values = network_values(x, W, y)
    exact = exact_adjoints(x, W, y)
    share = exact["v6"]
    shares = {"v4": {"straight from v6": share, "through v5": share * values[4].numpy()}}
    return compare_adjoints(adjoints(*values) or {}, exact, shares, {"2/d": 2 / d, "1/d": 1 / d, "2": 2.0})


class Blend(TensorOp):
    """A weighted sum of its inputs, for graphs that test an order; it needs no rule."""

    def __init__(self, weights: Sequence[float]) -> None:
        self.weights = weights

    def compute(self, *arrays):  # type: ignore[no-untyped-def]
        return sum(weight * array for weight, array in zip(self.weights, arrays, strict=True))

    def gradient(self, out_grad: Tensor, node: Tensor) -> tuple[Tensor, ...]:
        return tuple(Tensor(weight * out_grad.values) for weight in self.weights)


class RawCube(TensorOp):
    """a**3 with a gradient on arrays, which leaves no graph behind."""

    def compute(self, a):  # type: ignore[no-untyped-def, override]
        return a**3

    def gradient(self, out_grad: Tensor, node: Tensor) -> Tensor:
        return Tensor(out_grad.values * 3 * node.inputs[0].values ** 2)
