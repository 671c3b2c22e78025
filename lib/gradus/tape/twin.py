"""The same graph again in PyTorch, to compare every adjoint with."""

from __future__ import annotations

from typing import Any

import torch

from gradus.adjoints import AdjointTable, compare_adjoints
from gradus.tape.backward import adjoints
from gradus.tape.engine import (
    BroadcastTo,
    EwiseAdd,
    EwiseMul,
    Exp,
    Log,
    MatMul,
    PowerScalar,
    ReLU,
    Reshape,
    Summation,
    Tensor,
    TensorOp,
    Transpose,
)

__all__ = ["compare_with_torch", "torch_compute"]

_IN_TORCH: dict[type[TensorOp], Any] = {
    EwiseAdd: lambda op, a, b: a + b,
    EwiseMul: lambda op, a, b: a * b,
    PowerScalar: lambda op, a: a**op.exponent,
    MatMul: lambda op, a, b: a @ b,
    Summation: lambda op, a: a.sum() if op.axes is None else a.sum(op.axes) if op.axes else a * 1,
    BroadcastTo: lambda op, a: a.broadcast_to(op.shape),
    Reshape: lambda op, a: a.reshape(op.shape),
    Transpose: lambda op, a: a.transpose(*op.axes),
    ReLU: lambda op, a: a.relu(),
    Log: lambda op, a: a.log(),
    Exp: lambda op, a: a.exp(),
}


def torch_compute(op: TensorOp, *inputs: torch.Tensor) -> torch.Tensor:
    """What an operation of the engine does, done by PyTorch; LookupError for an operation that is not the engine's."""
    if type(op) not in _IN_TORCH:
        raise LookupError(f"{type(op).__name__} has no counterpart in PyTorch here")
    return _IN_TORCH[type(op)](op, *inputs)


def compare_with_torch(output: Tensor, out_grad: Any = None) -> AdjointTable:
    """A table of every adjoint of a graph: what your rules give beside what PyTorch finds in the same graph.

    out_grad  as for `adjoints`
    """
    mine = adjoints(output, out_grad)
    twins: dict[Tensor, torch.Tensor] = {}

    def twin(node: Tensor) -> torch.Tensor:
        if node not in twins:
            inputs = [twin(tensor) for tensor in node.inputs]
            twins[node] = torch_compute(node.op, *inputs) if node.op else torch.tensor(node.values, requires_grad=True)
        return twins[node]

    loss = twin(output)
    seed = None if out_grad is None else torch.tensor(Tensor(out_grad).values)
    found = torch.autograd.grad(loss, list(twins.values()), seed, allow_unused=True, materialize_grads=True)
    exact = dict(zip(twins, found, strict=True))
    names = _names(list(twins))
    nodes = list(reversed(twins))
    return compare_adjoints(
        {names[node]: mine[node].values for node in nodes if node in mine},
        {names[node]: exact[node].numpy() for node in nodes},
    )


def _names(nodes: list[Tensor]) -> dict[Tensor, str]:
    """Every node under its own name, or under the one of its operation and a number."""
    names: dict[Tensor, str] = {}
    for number, node in enumerate(nodes, start=1):
        name = node.name or (f"{type(node.op).__name__} {number}" if node.op else f"leaf {number}")
        names[node] = name if name not in names.values() else f"{name} ({number})"
    return names
