"""What soft_threshold asks: an asymmetric soft threshold, its derivative, and its conjugation by a matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from gradus.autograd_watch import autograd_runs
from gradus.check import checks_for
from gradus.judging.figures import AxesLabelled, Curve, MarksAt, describe_figure
from gradus.question import Example, Question

__all__ = ["check", "judge", "symmetric_invertible_matrix"]

THRESHOLD = 2.81
"""T of the figures and of question E."""


def symmetric_invertible_matrix(d: int) -> torch.Tensor:
    """1e-6 I + F F^T with F ~ N(0, 1)^(d x d) from RandomState(d): (d, d) float32, symmetric, invertible."""
    if d < 1:
        raise ValueError(f"symmetric_invertible_matrix: d = {d}, expected a whole number of at least 1")
    F = torch.tensor(np.random.RandomState(d).standard_normal((d, d)), dtype=torch.float32)
    return 1e-6 * torch.eye(d) + F @ F.T


def _dtype(name: str) -> torch.dtype:
    return {"float32": torch.float32, "float64": torch.float64}[name]


class A(Question):
    title = "the soft threshold"

    def ask(self, answer: Any, y: Any, T: float, dtype: str = "float32") -> Any:
        return answer(torch.tensor(y, dtype=_dtype(dtype)), T)

    def ask_number(self, answer: Any, y: float, T: float) -> Any:
        """At a single number: a tensor without axes goes in, and whatever comes out need only be that number."""
        out = answer(torch.tensor(y, dtype=torch.float64), T)
        return out.item() if isinstance(out, torch.Tensor) and out.numel() == 1 else out

    def ask_form(self, answer: Any, y: Any, T: float, dtype: str = "float32") -> Any:
        """Shape and dtype of the result."""
        out = answer(torch.tensor(y, dtype=_dtype(dtype)), T)
        return [list(out.shape), str(out.dtype)]

    def ask_gradient(self, answer: Any, y: Any, T: float, upstream: Any, dtype: str = "float32") -> Any:
        """The gradient that autograd sends back through the answer."""
        y = torch.tensor(y, dtype=_dtype(dtype), requires_grad=True)
        out = answer(y, T)
        (gradient,) = torch.autograd.grad(out, y, torch.tensor(upstream, dtype=out.dtype).reshape(out.shape))
        return gradient

    examples = [
        Example("inside the band", 0.0, "What does f do with everything between -T and T?", "number", y=1.5, T=2.81),
        Example("above", 0.1521, "Which part of y sticks out of the band? That part is squared.", "number",
                y=3.2, T=2.81),
        Example("below", -0.059319, "Which part sticks out below? What sign has its cube?", "number",
                y=-3.2, T=2.81),
        Example("any shape", torch.tensor([[0.0, 1.0], [-8.0, 4.0]]), "Does every entry get its own branch?",
                y=[[0.5, 2.0], [-3.0, 3.0]], T=1.0),
    ]  # fmt: skip


def soft_threshold_numpy(y: np.ndarray, T: float) -> np.ndarray:
    """f_T on NumPy arrays, for the figures' checks (what is visible in the formula anyway)."""
    return np.where(y > T, (y - T) ** 2, np.where(y < -T, (y + T) ** 3, 0.0))


def soft_threshold_slope_numpy(y: np.ndarray, T: float) -> np.ndarray:
    """f'_T on NumPy arrays."""
    return np.where(y > T, 2 * (y - T), np.where(y < -T, 3 * (y + T) ** 2, 0.0))


CURVE = Curve(lambda y: soft_threshold_numpy(y, THRESHOLD), -15, 15, "f for T = 2.81 on [-15, 15]")
SLOPE = Curve(lambda y: soft_threshold_slope_numpy(y, THRESHOLD), -15, 15, "f' for T = 2.81 on [-15, 15]")
MARKS = MarksAt((-THRESHOLD, THRESHOLD), "-T and T marked on the axis of y")
LABELS = AxesLabelled()


class B(Question):
    title = "its picture"

    def ask(self, answer: Any) -> Any:
        return describe_figure(answer)

    examples = [
        Example("the curve", CURVE, "Is y sampled densely from -15 to 15, and T = 2.81?"),
        Example("±T marked", MARKS, "Have you tried axvline?"),
        Example("axes labelled", LABELS, "What stands on the axes?"),
    ]


class C(Question):
    title = "its derivative, by autograd"

    def ask(self, answer: Any, y: Any, T: float, dtype: str = "float32") -> Any:
        return answer(torch.tensor(y, dtype=_dtype(dtype)), T)

    def ask_calls(self, answer: Any, y: Any, T: float) -> bool:
        """Did autograd run?"""
        return autograd_runs(lambda: answer(torch.tensor(y), T))

    examples = [
        Example("inside the band", torch.tensor([0.0]), "What should a function answer that does not depend on y here?",
                y=[1.5], T=2.81),
        Example("above", torch.tensor([0.78]), "How steep is a square?", y=[3.2], T=2.81),
        Example("below", torch.tensor([0.4563]), "How steep is a cube?", y=[-3.2], T=2.81),
    ]  # fmt: skip


class _Figure(Question):
    label = "C-figure"
    title = "the picture of the derivative"

    def ask(self, answer: Any) -> Any:
        return describe_figure(answer)

    examples = [
        Example("the curve", SLOPE, "Which function gives the slope?"),
        Example("axes labelled", LABELS, "What stands on the axes?"),
    ]


def _vector(x: Any, dtype: str) -> torch.Tensor:
    return torch.tensor(x, dtype=_dtype(dtype))


class D(Question):
    title = "a module with a matrix"

    def ask(self, answer: Any, x: Any, M: Any, T: float, dtype: str = "float64") -> Any:
        return answer(T, _vector(M, dtype))(_vector(x, dtype)).detach()

    def ask_parameters(self, answer: Any, M: Any, T: float) -> Any:
        """Shapes of the parameters, which of them are trained, and whether the first one holds M."""
        module = answer(T, torch.tensor(M))
        return [[list(p.shape), p.requires_grad, p.detach()] for p in module.parameters()]

    def ask_name(self, answer: Any, M: Any, T: float) -> Any:
        """The parameter's name, and that it is an nn.Module."""
        module = answer(T, torch.tensor(M))
        return [isinstance(module, torch.nn.Module), [name for name, _ in module.named_parameters()]]

    def ask_gradient(self, answer: Any, x: Any, M: Any, T: float, upstream: Any) -> Any:
        """The gradient in x that comes back through the module."""
        x = torch.tensor(x, requires_grad=True)
        (gradient,) = torch.autograd.grad(answer(T, torch.tensor(M))(x), x, torch.tensor(upstream))
        return gradient

    def ask_changed(self, answer: Any, x: Any, M: Any, N: Any, T: float) -> Any:
        """The output after the parameter was changed in place from M to N."""
        module = answer(T, torch.tensor(M))
        with torch.no_grad():
            next(iter(module.parameters())).copy_(torch.tensor(N))
        return module(torch.tensor(x)).detach()

    examples = [
        Example("one vector", torch.tensor([0.5, -8.0], dtype=torch.float64), "Which comes first: M, f or the inverse?",
                x=[1.0, -3.0], M=[[2.0, 0.0], [0.0, 1.0]], T=1.0, dtype="float64"),
        Example("M is a parameter", [True, ["M"]], "How does a module learn that M is to be trained?", ask="name",
                M=[[2.0, 0.0], [0.0, 1.0]], T=1.0),
    ]  # fmt: skip


_SMALL = {"x": [2.73, 0.5], "M": [[2.0, 0.5], [0.5, 1.0]]}
_SMALL_GRADIENT_X = torch.tensor([42.6084, 17.4957], dtype=torch.float64)
_SMALL_GRADIENT_M = torch.tensor([[44.4552, 21.3759], [37.5866, -18.7933]], dtype=torch.float64)


class E(Question):
    title = "gradients in x and in M"

    def ask(self, answer: Any, x: Any, M: Any, dtype: str = "float64") -> Any:
        """phi and its two gradients."""
        phi, grad_x, grad_M = answer(_vector(x, dtype), _vector(M, dtype))
        return [_number(phi), _detached(grad_x), _detached(grad_M)]

    def ask_phi(self, answer: Any, x: Any, M: Any, dtype: str = "float64") -> Any:
        return self.ask(answer, x, M, dtype)[0]

    def ask_x(self, answer: Any, x: Any, M: Any, dtype: str = "float64") -> Any:
        return self.ask(answer, x, M, dtype)[1]

    def ask_M(self, answer: Any, x: Any, M: Any, dtype: str = "float64") -> Any:  # noqa: N802
        return self.ask(answer, x, M, dtype)[2]

    examples = [
        Example("phi", 12.7352, "Is it the square of the Euclidean norm, not the norm?", ask="phi", **_SMALL),
        Example(
            "gradient in x",
            torch.tensor([42.6084, 17.4957], dtype=torch.float64),
            "Does x appear once in phi, or twice?",
            ask="x",
            **_SMALL,
        ),
        Example(
            "gradient in M",
            torch.tensor([[44.4552, 21.3759], [37.5866, -18.7933]], dtype=torch.float64),
            "M appears in M x. Where else?",
            ask="M",
            **_SMALL,
        ),
    ]


def _number(value: Any) -> float:
    return float(value)


def _detached(value: Any) -> Any:
    return value.detach() if isinstance(value, torch.Tensor) else value


check, judge = checks_for(__name__)
