"""Reference rules for the engine of autodiff, and their mistakes carried out: gradients, orders, second derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradus.tape import (
    BroadcastTo,
    EwiseAdd,
    EwiseMul,
    Exp,
    Log,
    MatMul,
    PowerScalar,
    ReLU,
    Reshape,
    Rules,
    Summation,
    Tensor,
    Transpose,
    grad,
)

__all__ = [
    "RAW", "REFERENCE", "SECOND_ORDER_MISTAKES", "by_level", "differentiate_twice", "every_use", "outputs_first",
    "rules_with", "sum_to", "topological_order", "without_itself", "without_leaves", "wrong_gradients",
]  # fmt: skip


def sum_to(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Add up what was copied, until the shape is this one."""
    tensor = tensor.sum(tuple(range(len(tensor.shape) - len(shape))))
    copied = tuple(axis for axis, length in enumerate(shape) if length == 1 and tensor.shape[axis] != 1)
    return tensor.sum(copied).reshape(shape)


def _summation(op, out_grad, node):  # type: ignore[no-untyped-def]
    shape = node.inputs[0].shape
    gone = range(len(shape)) if op.axes is None else [axis % len(shape) for axis in op.axes]
    return out_grad.reshape(tuple(1 if k in gone else n for k, n in enumerate(shape))).broadcast_to(shape)


def _matmul(op, out_grad, node):  # type: ignore[no-untyped-def]
    a, b = node.inputs
    return sum_to(out_grad @ b.T, a.shape), sum_to(a.T @ out_grad, b.shape)


def topological_order(node: Tensor) -> list[Tensor]:
    seen: set[Tensor] = set()
    order: list[Tensor] = []
    waiting = [(node, False)]
    while waiting:
        tensor, is_ready = waiting.pop()
        if is_ready:
            order.append(tensor)
        elif tensor not in seen:
            seen.add(tensor)
            waiting.append((tensor, True))
            waiting += [(one, False) for one in reversed(tensor.inputs)]
    return order


REFERENCE = Rules(
    {
        EwiseAdd: lambda op, out_grad, node: (out_grad, out_grad),
        EwiseMul: lambda op, out_grad, node: (out_grad * node.inputs[1], out_grad * node.inputs[0]),
        PowerScalar: lambda op, out_grad, node: out_grad * op.exponent * node.inputs[0] ** (op.exponent - 1),
        MatMul: _matmul,
        Summation: _summation,
        BroadcastTo: lambda op, out_grad, node: sum_to(out_grad, node.inputs[0].shape),
        Reshape: lambda op, out_grad, node: out_grad.reshape(node.inputs[0].shape),
        Transpose: lambda op, out_grad, node: out_grad.transpose(op.axes),
        ReLU: lambda op, out_grad, node: out_grad * (node.inputs[0].values > 0),
        Log: lambda op, out_grad, node: out_grad / node.inputs[0],
        Exp: lambda op, out_grad, node: out_grad * node,
    },
    topological_order,
)


def rules_with(operation: type, gradient: Any) -> Rules:
    """The reference rules with another gradient for one operation."""
    return Rules({**REFERENCE.gradients, operation: gradient}, REFERENCE.order)


def _ones(out_grad: Tensor) -> Tensor:
    return Tensor(np.ones(out_grad.shape))


def _ignoring(operation: type) -> Any:
    """The right gradient for an upstream of ones, whatever arrives."""
    return lambda op, out_grad, node: REFERENCE.gradients[operation](op, _ones(out_grad), node)


def _raw(gradient: Any) -> Any:
    """The right numbers, without a graph behind them."""

    def on_arrays(op, out_grad, node):  # type: ignore[no-untyped-def]
        shares = gradient(op, out_grad, node)
        return tuple(Tensor(s.values) for s in shares) if isinstance(shares, tuple) else Tensor(shares.values)

    return on_arrays


def _keeping_sum(op, out_grad, node):  # type: ignore[no-untyped-def]
    a, b = node.inputs
    return out_grad @ b.T, a.T @ out_grad


_first = {  # the mistakes of each operation, by sentence
    EwiseAdd: {
        "EwiseAdd: out_grad is split into halves; each input gets all of it.": (
            lambda op, g, node: (g * 0.5, g * 0.5)
        ),
        "EwiseAdd: this is the gradient of a product.": (
            lambda op, g, node: (g * node.inputs[1], g * node.inputs[0])
        ),
    },
    EwiseMul: {
        "EwiseMul: each input gets itself; it should get the other one.": (
            lambda op, g, node: (g * node.inputs[0], g * node.inputs[1])
        ),
        "EwiseMul: this is the gradient of a sum.": lambda op, g, node: (g, g),
    },
    PowerScalar: {
        "PowerScalar: off by one, the power is not lowered: a^n in place of a^(n-1).": (
            lambda op, g, node: g * op.exponent * node.inputs[0] ** op.exponent
        ),
        "PowerScalar: the exponent does not come down as a factor.": (
            lambda op, g, node: g * node.inputs[0] ** (op.exponent - 1)
        ),
        "PowerScalar: off by one, the factor is n - 1 in place of n.": (
            lambda op, g, node: g * (op.exponent - 1) * node.inputs[0] ** (op.exponent - 1)
        ),
        "PowerScalar: every power is differentiated as a square.": lambda op, g, node: g * 2 * node.inputs[0],
        "PowerScalar: nothing comes back at all.": lambda op, g, node: g * 0.0,
    },
    ReLU: {
        "ReLU: out_grad goes through everywhere; where the input is negative nothing may.": lambda op, g, node: g,
        "ReLU: the sign of out_grad decides; it is the input's sign that counts.": lambda op, g, node: g.relu(),
        "ReLU: the result is multiplied in; the slope is 1, not a.": lambda op, g, node: g * node,
        "ReLU: at exactly 0 the slope is one half; 0 and 1 are the two that count as right.": (
            lambda op, g, node: g * ((np.sign(node.inputs[0].values) + 1) / 2)
        ),
        "ReLU: the two sides are mixed up.": lambda op, g, node: g * (node.inputs[0].values <= 0),
    },
    Log: {
        "Log: the derivative is 1/a, not a.": lambda op, g, node: g * node.inputs[0],
        "Log: it is divided by log(a), not by a.": lambda op, g, node: g / node,
    },
    Exp: {
        "Exp: out_grad is handed on unchanged; the local derivative is exp(a).": lambda op, g, node: g,
        "Exp: the derivative is exp(a), not a.": lambda op, g, node: g * node.inputs[0],
        "Exp: exp is taken twice: exp(exp(a)).": lambda op, g, node: g * node.exp(),
        "Exp: exp is taken of out_grad.": lambda op, g, node: g.exp(),
    },
}  # fmt: skip

_shapes = {
    Summation: {
        "Summation: the gradient is not broadcast back to the shape of the input.": lambda op, g, node: g,
        "Summation: the gradient is shared out, as for a mean; each summand gets all of it.": (
            lambda op, g, node: _summation(op, g, node) * (g.values.size / node.inputs[0].values.size)
        ),
        "Summation: the summed axes are not put back where they were, so out_grad lands on the wrong axis.": (
            lambda op, g, node: g.broadcast_to(node.inputs[0].shape)
        ),
    },
    BroadcastTo: {
        "BroadcastTo: the gradient is not summed over the axes that were stretched.": lambda op, g, node: g,
        "BroadcastTo: the copies are averaged; what they get adds up.": (
            lambda op, g, node: sum_to(g, node.inputs[0].shape) * (node.inputs[0].values.size / g.values.size)
        ),
        "BroadcastTo: only new axes at the front are summed; axes of length 1 that were stretched are not.": (
            lambda op, g, node: g.sum(tuple(range(len(g.shape) - len(node.inputs[0].shape))))
        ),
        "BroadcastTo: only one of the copies is taken.": lambda op, g, node: Tensor(_one_copy(g, node.inputs[0])),
    },
    Reshape: {
        "Reshape: out_grad keeps the new shape; it must get the input's.": lambda op, g, node: g,
        "Reshape: the entries are put back in another order.": (
            lambda op, g, node: Tensor(np.reshape(g.values, node.inputs[0].shape, order="F"))
        ),
    },
    Transpose: {
        "Transpose: the axes are not swapped back.": lambda op, g, node: g,
        "Transpose: the last two axes are swapped, whichever were swapped before.": lambda op, g, node: g.T,
        "Transpose: all axes are reversed.": lambda op, g, node: Tensor(g.values.T),
    },
}  # fmt: skip

_product = {
    MatMul: {
        "MatMul: the gradient is not summed over the axes of the batch that were broadcast.": _keeping_sum,
        "MatMul: the transposes are missing.": lambda op, g, node: (
            sum_to(g @ node.inputs[1], node.inputs[0].shape), sum_to(node.inputs[0] @ g, node.inputs[1].shape),
        ),
        "MatMul: the two gradients come in the wrong order.": lambda op, g, node: _matmul(op, g, node)[::-1],
        "MatMul: the factors are in the wrong order.": lambda op, g, node: (
            sum_to(node.inputs[1].T @ g, node.inputs[0].shape), sum_to(g @ node.inputs[0].T, node.inputs[1].shape),
        ),
        "MatMul: the transposes are swapped: what comes back has the shape of the input, transposed.": (
            lambda op, g, node: tuple(share.T for share in _matmul(op, g, node))
        ),
        "MatMul: all axes are reversed (NumPy's .T), so a batch gets into the matrix.": lambda op, g, node: (
            sum_to(g @ Tensor(node.inputs[1].values.T), node.inputs[0].shape),
            sum_to(Tensor(node.inputs[0].values.T) @ g, node.inputs[1].shape),
        ),
        "MatMul: the gradient of the batch is averaged over the axes that were broadcast; it adds up.": (
            lambda op, g, node: _averaged(g, node)
        ),
    }
}  # fmt: skip


def _one_copy(g: Tensor, a: Tensor) -> np.ndarray:
    index = tuple(slice(0, 1) if n == 1 else slice(None) for n in a.shape)
    return g.values[(0,) * (len(g.shape) - len(a.shape))][index]


def _averaged(g: Tensor, node: Tensor) -> tuple[Tensor, ...]:
    right, plain = _matmul(None, g, node), _keeping_sum(None, g, node)
    return tuple(r * (r.values.size / p.values.size) for r, p in zip(right, plain, strict=True))


def wrong_gradients(group: str) -> dict[str, Rules]:
    """The mistakes of "3A", "3A-shapes" or "3A-matmul": sentence -> rules in which one gradient is wrong."""
    table = {"3A": _first, "3A-shapes": _shapes, "3A-matmul": _product}[group]
    found = {
        sentence: rules_with(operation, gradient)
        for operation, mistakes in table.items()
        for sentence, gradient in mistakes.items()
    }
    for operation in table:
        name = operation.__name__
        found[f"{name} ignores out_grad: this is the local derivative alone."] = rules_with(
            operation, _ignoring(operation)
        )
    on_arrays = Rules({op: _raw(gradient) for op, gradient in REFERENCE.gradients.items()}, topological_order)
    found[RAW] = on_arrays
    return found


RAW = (
    "A gradient is computed on arrays (.values), not on tensors of the engine: the numbers are right, but they have "
    "no graph behind them."
)


# 3B


def outputs_first(node: Tensor) -> list[Tensor]:
    return topological_order(node)[::-1]


def every_use(node: Tensor) -> list[Tensor]:
    """Depth first, without remembering who was visited."""
    order, waiting = [], [(node, False)]
    while waiting:
        tensor, is_ready = waiting.pop()
        if is_ready:
            order.append(tensor)
        else:
            waiting.append((tensor, True))
            waiting += [(one, False) for one in reversed(tensor.inputs)]
    return order


def by_level(node: Tensor) -> list[Tensor]:
    """Breadth first from the output, turned round."""
    order, waiting = [], [node]
    while waiting:
        tensor = waiting.pop(0)
        if tensor not in order:
            order.append(tensor)
            waiting += tensor.inputs
    return order[::-1]


def without_leaves(node: Tensor) -> list[Tensor]:
    return [tensor for tensor in topological_order(node) if tensor.inputs]


def without_itself(node: Tensor) -> list[Tensor]:
    return topological_order(node)[:-1]


# 3E


def differentiate_twice(f: Callable[[Tensor], Tensor], x: float) -> tuple[Tensor, Tensor]:
    """f'(x) and f''(x)."""
    t = Tensor(x)
    first = grad(f(t), t)
    return first, grad(first, t)


SECOND_ORDER_MISTAKES = {
    "The first derivative is returned twice; the second one differentiates the first.": (
        lambda f, x: (differentiate_twice(f, x)[0],) * 2
    ),
    "The square of the slope is not the second derivative.": (
        lambda f, x: (differentiate_twice(f, x)[0], differentiate_twice(f, x)[0] ** 2)
    ),
    "backward ran twice: the slopes add up in x.grad, and that is not a second derivative.": (
        lambda f, x: (differentiate_twice(f, x)[0], 2 * differentiate_twice(f, x)[0])
    ),
    "Between the two steps the graph is cut (a new Tensor, or .values): the second derivative comes out as 0.": (
        lambda f, x: (differentiate_twice(f, x)[0], 0.0)
    ),
    "The second derivative comes first.": lambda f, x: differentiate_twice(f, x)[::-1],
    "The value of f is returned in place of its first derivative.": (
        lambda f, x: (f(Tensor(x)), differentiate_twice(f, x)[0])
    ),
    "These are finite differences: near the derivatives, but not exact.": lambda f, x: (
        (f(Tensor(x + 1e-4)).values - f(Tensor(x - 1e-4)).values) / 2e-4,
        (f(Tensor(x + 1e-4)).values - 2 * f(Tensor(x)).values + f(Tensor(x - 1e-4)).values) / 1e-8,
    ),
}
