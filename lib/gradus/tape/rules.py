"""What students write: the gradient of every operation, and the order of the backward pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Rules", "rules"]


class Rules:
    """The engine's two open places.

    gradients   operation (a class) -> function(op, out_grad, node), which returns one tensor for every input
    order       function(node) -> all nodes that `node` was made of, inputs first, `node` last
    """

    def __init__(self, gradients: dict[type, Callable] | None = None, order: Callable | None = None) -> None:
        self.gradients = dict(gradients or {})
        self.order = order

    def gradient(self, operation: type) -> Callable[[Callable], Callable]:
        """Decorator: the function below is the gradient of this operation. A later one takes its place.

        Raises ValueError where it is no operation of the engine (SymPy has a Transpose and a MatMul, too).
        """
        if not (isinstance(operation, type) and hasattr(operation, "compute")):
            raise ValueError(
                f"rules.gradient: {operation!r} is no operation of the engine; write tape.MatMul, for instance"
            )

        def register(function: Callable) -> Callable:
            self.gradients[operation] = function
            return function

        return register

    def topological(self, function: Callable) -> Callable:
        """Decorator: the function below puts the nodes in order."""
        self.order = function
        return function

    def gradient_of(self, op: Any) -> Callable:
        """The gradient that was registered for an operation; NotImplementedError where there is none yet."""
        name = type(op).__name__
        if type(op) not in self.gradients:
            raise NotImplementedError(f"{name} has no gradient yet: write one below @rules.gradient({name})")
        return self.gradients[type(op)]

    def in_order(self, node: Any) -> list[Any]:
        """The nodes in the registered order; NotImplementedError where there is none yet."""
        if self.order is None:
            raise NotImplementedError("there is no topological_order yet: write one below @rules.topological")
        return list(self.order(node))

    def clear(self) -> None:
        """Forget everything that was registered."""
        self.gradients, self.order = {}, None

    @contextmanager
    def replaced_by(self, other: Rules) -> Iterator[None]:
        """For a while, follow other rules."""
        before = self.gradients, self.order
        self.gradients, self.order = other.gradients, other.order
        try:
            yield
        finally:
            self.gradients, self.order = before


rules = Rules()
"""The rules that the engine follows; empty until somebody fills them."""
