"""The backward pass: adjoints of every node, in tensors that can be differentiated again."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradus.tape.engine import Tensor, as_tensor
from gradus.tape.rules import rules

__all__ = ["adjoints", "backward", "grad"]


def adjoints(output: Tensor, out_grad: Any = None) -> dict[Tensor, Tensor]:
    """d loss / d node for every node that `output` was made of, itself included.

    out_grad  d loss / d output, of the output's shape; may be left out where the output is a single number and the loss
    """
    arrived = {output: _seed(output, out_grad)}
    for node in reversed(rules.in_order(output)):
        if node.op is None:
            continue
        if node not in arrived:
            raise ValueError(
                f"{_name(node)} is to pass its adjoint on, but none has arrived: check the order of the nodes"
            )
        shares = node.op.gradient(arrived[node], node)
        for tensor, share in zip(node.inputs, _as_tuple(shares, node), strict=True):
            arrived[tensor] = arrived[tensor] + share if tensor in arrived else share
    return arrived


def grad(output: Tensor, wanted: Tensor | list[Tensor], out_grad: Any = None) -> Any:
    """d loss / d tensor for a tensor, or for each of a list; zeros where the output does not depend on it."""
    arrived = adjoints(output, out_grad)
    if isinstance(wanted, Tensor):
        return arrived.get(wanted, Tensor(np.zeros(wanted.shape)))
    return [arrived.get(tensor, Tensor(np.zeros(tensor.shape))) for tensor in wanted]


def backward(output: Tensor, out_grad: Any = None) -> None:
    """Add d loss / d leaf to the `grad` of every leaf, as PyTorch does: what stood there before stays in the sum."""
    for node, adjoint in adjoints(output, out_grad).items():
        if node.op is None:
            node.grad = adjoint if node.grad is None else node.grad + adjoint


def _seed(output: Tensor, out_grad: Any) -> Tensor:
    if out_grad is None and output.shape != ():
        raise ValueError(f"the output has shape {output.shape}: say what out_grad is, or sum it up to a single number")
    seed = Tensor(1.0) if out_grad is None else as_tensor(out_grad)
    if seed.shape != output.shape:
        raise ValueError(f"out_grad has shape {seed.shape}, expected that of the output, {output.shape}")
    return seed


def _as_tuple(shares: Any, node: Tensor) -> tuple[Tensor, ...]:
    """What a gradient returned, as one tensor an input; ValueError where number or shapes are not the inputs'."""
    found = tuple(as_tensor(s) for s in (shares if isinstance(shares, tuple | list) else (shares,)))
    if [share.shape for share in found] != [tensor.shape for tensor in node.inputs]:
        raise ValueError(
            f"the gradient of {node.op} returned shapes {[share.shape for share in found]}, "
            f"expected those of its inputs, {[tensor.shape for tensor in node.inputs]}"
        )
    return found


def _name(node: Tensor) -> str:
    return node.name or f"a node made by {node.op}"
