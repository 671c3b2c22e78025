"""Tensors that remember how they were made, and the operations that make them.

>>> x = Tensor([1.0, 2.0], name="x")
>>> y = (x * x).sum()
>>> y.values, y.op, y.inputs[0].op
(array(5.), Summation(axes=None), EwiseMul())

Going backward needs rules that are not here: see `gradus.tape.rules`.
"""
# mypy: disable-error-code="override"
# An operation takes as many arrays as it has inputs, so each `compute` has a signature of its own.

from __future__ import annotations

from typing import Any

import numpy as np

from gradus.tape.rules import rules

__all__ = [
    "BroadcastTo", "EwiseAdd", "EwiseMul", "Exp", "Log", "MatMul", "PowerScalar", "ReLU", "Reshape", "Summation",
    "Tensor", "TensorOp", "Transpose", "as_tensor",
]  # fmt: skip


class Tensor:
    """An array of float64, and what it was made of.

    values  the NumPy array          op      the operation that made it; None for a leaf
    inputs  the tensors it was made of       grad    of a leaf, once `backward` has run: its adjoint, a Tensor
    """

    __array_ufunc__ = None  # array * tensor is a tensor, not an array of tensors

    def __init__(self, values: Any, op: TensorOp | None = None, inputs: tuple[Tensor, ...] = (), name: str = ""):
        self.values: np.ndarray = np.asarray(values.values if isinstance(values, Tensor) else values, dtype=np.float64)
        self.op, self.inputs, self.name = op, inputs, name
        self.grad: Tensor | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    def named(self, name: str) -> Tensor:
        """This tensor, with a name for pictures and messages."""
        self.name = name
        return self

    def __repr__(self) -> str:
        numbers = np.array2string(self.values, precision=4, separator=", ", prefix="Tensor(")
        return f"Tensor({numbers}{f', op={self.op}' if self.op else ''}{f', name={self.name!r}' if self.name else ''})"

    # Every operator ends in an operation of the table below. Shapes that differ are stretched first, by BroadcastTo.
    def __add__(self, other: Any) -> Tensor:
        return EwiseAdd()(*stretched(self, other))

    def __mul__(self, other: Any) -> Tensor:
        return EwiseMul()(*stretched(self, other))

    def __pow__(self, exponent: float) -> Tensor:
        return PowerScalar(exponent)(self)

    def __matmul__(self, other: Any) -> Tensor:
        return MatMul()(self, other)

    def __rmatmul__(self, other: Any) -> Tensor:
        return MatMul()(other, self)

    def __neg__(self) -> Tensor:
        return self * -1.0

    def __sub__(self, other: Any) -> Tensor:
        return self + other * -1.0

    def __rsub__(self, other: Any) -> Tensor:
        return -self + other

    def __truediv__(self, other: Any) -> Tensor:
        return self * as_tensor(other) ** -1

    def __rtruediv__(self, other: Any) -> Tensor:
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def sum(self, axes: int | tuple[int, ...] | None = None) -> Tensor:
        return Summation(axes)(self)

    def broadcast_to(self, shape: tuple[int, ...]) -> Tensor:
        return BroadcastTo(shape)(self)

    def reshape(self, *shape: Any) -> Tensor:
        return Reshape(shape[0] if len(shape) == 1 else shape)(self)

    def transpose(self, *axes: Any) -> Tensor:
        return Transpose(axes[0] if len(axes) == 1 else axes or None)(self)

    @property
    def T(self) -> Tensor:  # noqa: N802 -- as NumPy and PyTorch call it
        """The last two axes change places."""
        return Transpose()(self)

    def relu(self) -> Tensor:
        return ReLU()(self)

    def log(self) -> Tensor:
        return Log()(self)

    def exp(self) -> Tensor:
        return Exp()(self)


def as_tensor(value: Any) -> Tensor:
    """A tensor as it is; a number or an array as a new leaf."""
    return value if isinstance(value, Tensor) else Tensor(value)


def stretched(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    """Both at their common shape: where a shape must change, a BroadcastTo stands in the graph."""
    a, b = as_tensor(a), as_tensor(b)
    try:
        shape = np.broadcast_shapes(a.shape, b.shape)
    except ValueError:
        raise ValueError(f"shapes {a.shape} and {b.shape} cannot be broadcast: axes must be equal, or 1") from None
    return tuple(t if t.shape == shape else t.broadcast_to(shape) for t in (a, b))  # type: ignore[return-value]


class TensorOp:
    """One operation: `compute` goes forward on arrays, `gradient` goes backward on tensors.

    An operation of your own overrides both. The operations below have no `gradient` of their own: they ask `rules`.
    """

    def __call__(self, *inputs: Any) -> Tensor:
        tensors = tuple(as_tensor(value) for value in inputs)
        return Tensor(self.compute(*(tensor.values for tensor in tensors)), self, tensors)

    def compute(self, *arrays: np.ndarray) -> np.ndarray:
        """The values of the result."""
        raise NotImplementedError(f"{type(self).__name__} has no compute")

    def gradient(self, out_grad: Tensor, node: Tensor) -> Tensor | tuple[Tensor, ...]:
        """What goes back to each input: d loss / d input, of the input's shape.

        out_grad  d loss / d node, of the node's shape         node  the result; its inputs are node.inputs
        """
        return rules.gradient_of(self)(self, out_grad, node)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in vars(self).items())})"


class EwiseAdd(TensorOp):
    """a + b, entry by entry; equal shapes."""

    def compute(self, a, b):
        _expect_equal_shapes("EwiseAdd", "+", a, b)
        return a + b


class EwiseMul(TensorOp):
    """a * b, entry by entry; equal shapes."""

    def compute(self, a, b):
        _expect_equal_shapes("EwiseMul", "*", a, b)
        return a * b


class PowerScalar(TensorOp):
    """a ** exponent, entry by entry; the exponent is a number, not a tensor."""

    def __init__(self, exponent: float) -> None:
        if isinstance(exponent, bool) or not isinstance(exponent, int | float | np.number):
            raise ValueError(f"PowerScalar: exponent = {exponent!r}, expected a number")
        self.exponent = exponent

    def compute(self, a):
        if self.exponent < 0 and (a == 0).any():
            raise ValueError(f"PowerScalar: 0 ** {self.exponent}; for a negative exponent no entry may be 0")
        return a**self.exponent


class MatMul(TensorOp):
    """a @ b on the last two axes; the axes before them are batches, and broadcast."""

    def compute(self, a, b):
        if a.ndim < 2 or b.ndim < 2 or a.shape[-1] != b.shape[-2]:
            raise ValueError(f"MatMul: shapes {a.shape} and {b.shape}, expected (..., n, k) and (..., k, m)")
        return a @ b


class Summation(TensorOp):
    """The sum over some axes, which then are gone; None sums over all."""

    def __init__(self, axes: int | tuple[int, ...] | None = None) -> None:
        self.axes = (axes,) if isinstance(axes, int | np.integer) else axes if axes is None else tuple(axes)

    def compute(self, a):
        if self.axes is not None and any(not -a.ndim <= axis < a.ndim for axis in self.axes):
            raise ValueError(
                f"Summation: axes {self.axes}, expected from {-a.ndim} to {a.ndim - 1} for shape {a.shape}"
            )
        return a.sum(self.axes)


class BroadcastTo(TensorOp):
    """Copies along axes of length 1, and along new axes at the front."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = tuple(shape)

    def compute(self, a):
        try:
            return np.broadcast_to(a, self.shape)
        except ValueError:
            raise ValueError(f"BroadcastTo: shape {a.shape} cannot become {self.shape}: only 1s stretch") from None


class Reshape(TensorOp):
    """The same entries in the same order, in another shape."""

    def __init__(self, shape: int | tuple[int, ...]) -> None:
        self.shape = (shape,) if isinstance(shape, int | np.integer) else tuple(shape)

    def compute(self, a):
        try:
            return a.reshape(self.shape)
        except ValueError:
            raise ValueError(f"Reshape: the {a.size} entries of shape {a.shape} do not fill {self.shape}") from None


class Transpose(TensorOp):
    """Two axes change places; None stands for the last two."""

    def __init__(self, axes: tuple[int, int] | None = None) -> None:
        self.axes = (-1, -2) if axes is None else tuple(axes)
        if len(self.axes) != 2:
            raise ValueError(f"Transpose: axes {self.axes}, expected two, the ones that change places")

    def compute(self, a):
        if any(not -a.ndim <= axis < a.ndim for axis in self.axes):
            raise ValueError(
                f"Transpose: axes {self.axes}, expected from {-a.ndim} to {a.ndim - 1} for shape {a.shape}"
            )
        return np.swapaxes(a, *self.axes)


class ReLU(TensorOp):
    """max(0, a), entry by entry."""

    def compute(self, a):
        return np.maximum(a, 0.0)


class Log(TensorOp):
    """The natural logarithm, entry by entry."""

    def compute(self, a):
        if (a <= 0).any():
            raise ValueError(f"Log: log({a.min():g}); every entry must be greater than 0")
        return np.log(a)


class Exp(TensorOp):
    """e to the power of a, entry by entry."""

    def compute(self, a):
        return np.exp(a)


def _expect_equal_shapes(name: str, sign: str, a: np.ndarray, b: np.ndarray) -> None:
    if a.shape != b.shape:
        raise ValueError(f"{name}: shapes {a.shape} and {b.shape}, expected equal ones (a {sign} b stretches for you)")
