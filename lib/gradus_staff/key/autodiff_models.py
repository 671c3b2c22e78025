"""Reference answers of autodiff's parts 1 and 2, and their mistakes carried out: formulas, functions, adjoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
import torch

from gradus_staff.answer_key import Misconception

__all__ = [
    "BLANKS_MISTAKES", "DERIVATIVE_MISTAKES", "FORMULA_MISTAKES", "OUT_GRAD_MISTAKES", "RECURSION_MISTAKES",
    "RETURNED_MISTAKES", "RIGHT_BLANKS", "ROUNDED", "TWICE_MISTAKES", "adjoints", "derivative", "derivative_of", "f",
    "formulas", "wrong_adjoints", "wrong_functions",
]  # fmt: skip

# Part 1

x = sympy.Symbol("x")
Y = 2 + x**3 + sympy.log(1 + x**3)
INNER = 3 * x**2 + 3 * x**2 / (1 + x**3)
ROOT, SINE = 1 / (2 * sympy.sqrt(Y)), sympy.cos(Y)

formulas: dict[str, Any] = {
    "right": (ROOT + SINE) * INNER,
    "log": (ROOT + SINE) * (3 * x**2 + 1 / (1 + x**3)),
    "sine": ROOT * INNER + SINE,
    "root": ROOT + SINE * INNER,
    "both": ROOT + SINE,
    "sign": (ROOT - SINE) * INNER,
    "half": (1 / sympy.sqrt(Y) + SINE) * INNER,
    "root below": (sympy.sqrt(Y) / 2 + SINE) * INNER,
    "no log": (ROOT + SINE) * 3 * x**2,
    "constant": (ROOT + SINE) * (INNER + 2),
    "cube": (ROOT + SINE) * (3 * x**3 + 3 * x**3 / (1 + x**3)),
    "value": sympy.sqrt(Y) + sympy.sin(Y),
}


def _y(x: torch.Tensor) -> torch.Tensor:
    return 2 + x**3 + torch.log(1 + x**3)


def f(x: torch.Tensor) -> torch.Tensor:
    return torch.sqrt(_y(x)) + torch.sin(_y(x))


ROUNDED = "The numbers are rounded to float32 on the way; what comes in as float64 must leave as float64."

wrong_functions: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "The sine is taken of x, not of y = 2 + x³ + log(1 + x³).": lambda x: torch.sqrt(_y(x)) + torch.sin(x),
    "The root covers the sine as well: sqrt(y + sin y) in place of sqrt(y) + sin(y).": (
        lambda x: torch.sqrt((_y(x) + torch.sin(_y(x))).abs())
    ),
    "The logarithm is to the base 10 (or 2); here log is the natural one.": (
        lambda x: torch.sqrt((y := 2 + x**3 + torch.log10(1 + x**3)).abs()) + torch.sin(y)
    ),
    "log(1 + x) stands where log(1 + x³) belongs.": (
        lambda x: torch.sqrt((y := 2 + x**3 + torch.log1p(x)).abs()) + torch.sin(y)
    ),
    "The 2 in y is missing.": lambda x: torch.sqrt((_y(x) - 2).abs()) + torch.sin(_y(x) - 2),
    "x² stands where x³ belongs.": lambda x: torch.sqrt(y := 2 + x**2 + torch.log(1 + x**2)) + torch.sin(y),
    "Sine and cosine are mixed up.": lambda x: torch.sqrt(_y(x)) + torch.cos(_y(x)),
    ROUNDED: lambda x: f(x.float()),
    "The root and the sine are multiplied; f is their sum.": lambda x: torch.sqrt(_y(x)) * torch.sin(_y(x)),
}


def derivative_of(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[torch.Tensor], torch.Tensor]:
    """Its derivative, entry by entry, by autograd."""

    def derivative(x: torch.Tensor) -> torch.Tensor:
        x = x.detach().clone().requires_grad_()
        return torch.autograd.grad(function(x).sum(), x)[0]

    return derivative


derivative = derivative_of(f)


FORMULA_MISTAKES = {
    "The derivative of log(1 + x³) is taken as 1/(1 + x³): its inner derivative 3x² is missing.": Misconception(
        formulas["log"], "By how much does 1 + x³ change when x does?"
    ),
    "The chain rule through the sine is forgotten: cos(y) must be multiplied by y'.": Misconception(
        formulas["sine"], "y stands in the sine as well."
    ),
    "The chain rule through the root is forgotten: 1/(2 sqrt(y)) must be multiplied by y'.": (formulas["root"]),
    "The inner derivative y' is missing altogether.": formulas["both"],
    "The derivative of the sine is +cos, not -cos.": formulas["sign"],
    "The derivative of sqrt(y) is 1/(2 sqrt(y)): the 2 is missing.": formulas["half"],
    "The derivative of sqrt(y) is 1/(2 sqrt(y)), not sqrt(y)/2.": formulas["root below"],
    "In y the logarithm is not differentiated: 3x²/(1 + x³) is missing.": formulas["no log"],
    "The constant 2 in y has no slope.": formulas["constant"],
    "The derivative of x³ is 3x², not 3x³.": formulas["cube"],
    "This is f itself, not its derivative.": formulas["value"],
}

DERIVATIVE_MISTAKES = {
    "backward() ran twice on the same tensor, and the gradients added up: clear .grad, or use a fresh copy of x.": (
        Misconception(lambda x: 2 * derivative(x), "What stands in x.grad before backward() runs?")
    ),
    "The slopes of all entries are added up (or averaged); each entry wants its own.": (
        lambda x: derivative(x).sum().expand(x.shape)
    ),
    "9.2485 is the slope at x = 1.432 only; the function is asked about other points.": (
        lambda x: torch.full_like(x, 9.24847224944833)
    ),
    "These are finite differences: near the derivative, but not exact, as float64 shows.": Misconception(
        lambda x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5, "How exact is autograd?"
    ),
    "The values of f are returned, not its slopes.": f,
    "The second derivative is returned.": derivative_of(
        lambda x: torch.autograd.grad(f(x).sum(), x, create_graph=True)[0]
    ),
    **{
        f"The derivative is that of another function. {sentence}": derivative_of(function)
        for sentence, function in wrong_functions.items()
        if sentence != ROUNDED
    },
}


# Part 2


RIGHT_BLANKS = {"a": "+", "b": "*", "c": "square", "d": "+", "e": "-"}

BLANKS_MISTAKES = {
    "(c) has one input only, and makes a square of it.": {**RIGHT_BLANKS, "c": "*"},
    "(b) joins x2 and x3, which are multiplied.": {**RIGHT_BLANKS, "b": "+"},
    "(a) joins x1 and x2, which are added.": {**RIGHT_BLANKS, "a": "*"},
    "(d) joins the square and the product, which are added.": {**RIGHT_BLANKS, "d": "*"},
    "(e) is the last step: x3 is subtracted.": {**RIGHT_BLANKS, "e": "+"},
    "(d) and (e) have changed places: read which arrows arrive there.": {**RIGHT_BLANKS, "d": "-", "e": "+"},
    "(a) and (b) have changed places: read which arrows arrive there.": {**RIGHT_BLANKS, "a": "*", "b": "+"},
}


def adjoints(v1, v2, v3, v4, v5, v6, v7):  # type: ignore[no-untyped-def]
    d = v6.shape[-1]
    v6_bar = 2 / d * (v6 - v3)
    v4_bar = v6_bar * torch.exp(v4) + v6_bar
    return {
        "v7": torch.ones(()).to(v6), "v6": v6_bar, "v5": v6_bar, "v4": v4_bar, "v3": -v6_bar,
        "v2": v1.T @ v4_bar, "v1": v4_bar @ v2.T,
    }  # fmt: skip


def _adjoints_with(v6_bar=None, v5_bar=None, v4_bar=None, v3_bar=None, v2_bar=None, v1_bar=None):  # type: ignore[no-untyped-def]
    """A model of wrong adjoints: replace some steps; those that follow use what the mistake gives."""

    def model(v1, v2, v3, v4, v5, v6, v7):  # type: ignore[no-untyped-def]
        d = v6.shape[-1]
        six = v6_bar(v6, v3, d) if v6_bar else 2 / d * (v6 - v3)
        five = v5_bar(six, v4, v5) if v5_bar else six
        four = v4_bar(six, v4, v5) if v4_bar else five * v5 + six
        return {
            "v7": torch.ones(()).to(v6), "v6": six, "v5": five, "v4": four,
            "v3": v3_bar(six) if v3_bar else -six,
            "v2": v2_bar(v1, v2, four) if v2_bar else v1.T @ four,
            "v1": v1_bar(v1, v2, four) if v1_bar else four @ v2.T,
        }  # fmt: skip

    return model


wrong_adjoints: dict[str, Any] = {
    "The path straight from v6 to v4 is missing: only what comes through v5 is there.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: six * v5)
    ),
    "The path through v5 is missing: only what comes straight from v6 is there.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: six)
    ),
    "The two paths into v4 are multiplied; where paths meet, they add.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: six * six * v5)
    ),
    "exp is its own derivative, at v4: exp(v4) is v5, and here exp is taken of v5.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: six * torch.exp(v5) + six)
    ),
    "exp(v4) as the local derivative is missing: what arrives at v5 is handed on unchanged.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: 2 * six)
    ),
    "The factor 2/d is missing.": _adjoints_with(v6_bar=lambda v6, v3, d: v6 - v3),
    "The mean is over d entries: 2/d, not 2.": _adjoints_with(v6_bar=lambda v6, v3, d: 2 * (v6 - v3)),
    "The factor 2 of the square is missing: 2/d, not 1/d.": _adjoints_with(v6_bar=lambda v6, v3, d: (v6 - v3) / d),
    "The sign of the adjoint of v3 is turned round: v3 stands in the difference with a minus.": (
        _adjoints_with(v3_bar=lambda six: six)
    ),
    "The difference is turned round: v3 - v6 in place of v6 - v3.": (
        _adjoints_with(v6_bar=lambda v6, v3, d: 2 / d * (v3 - v6))
    ),
    "An element-wise product (*) stands where a matrix product (@) belongs.": (
        _adjoints_with(v2_bar=lambda v1, v2, four: v2 * four, v1_bar=lambda v1, v2, four: four * v2)
    ),
    "A matrix product (@) stands where entries are multiplied: exp works entry by entry.": (
        _adjoints_with(v4_bar=lambda six, v4, v5: six @ v5.T + six)
    ),
    "v5 = exp(v4) is taken into the adjoint of v5; it is the step from v5 to v4 that multiplies by it.": (
        _adjoints_with(v5_bar=lambda six, v4, v5: six * v5, v4_bar=lambda six, v4, v5: six * v5 + six)
    ),
    "The adjoint of v2 is transposed: v4bar^T @ v1 in place of v1^T @ v4bar.": (
        _adjoints_with(v2_bar=lambda v1, v2, four: four.T @ v1)
    ),
    "The adjoint of v1 is transposed.": _adjoints_with(v1_bar=lambda v1, v2, four: v2 @ four.T),
}  # fmt: skip


# Part 3: numbers and letters

RECURSION_MISTAKES = {
    "These are the numbers for c = b + b; the question asks for d = c + c.": (4, 6, 4),
    "Plain recursion hands on, again, what it has handed on before: the sum that it finds is too large.": (8, 8, 8),
    "What recursion finds is not the right adjoint: d = 8a.": (8, 26, 26),
    "Two arrows lead from each node to the next, and their numbers multiply: 2 · 2 · 2 paths, not 2 + 2 + 2.": (
        6,
        26,
        8,
    ),
    "a fires once for every path that leads to it, not once for every node before it.": (3, 26, 8),
    "That every node fires once is what an order achieves; plain recursion fires a once for every path.": (
        1,
        26,
        8,
    ),
}

TWICE_MISTAKES = {
    "A second backward does not replace x.grad, it adds to it.": (48, 48, 48),
    "x.grad = None empties it: the third call starts from nothing.": (48, 96, 144),
    "A second backward adds the same gradient once more; it does not square it.": (48, 2304, 48),
    "Calling backward twice does not give the second derivative.": (48, 24, 48),
    "These are values of y, not slopes: dy/dx = 3x².": (64, 128, 64),
}

OUT_GRAD_MISTAKES = {
    "A is the local derivative, d y / d x: the operation itself supplies that one.": "A",
    "C is d loss / d x, what gradient returns; out_grad is what it gets.": "C",
    "D is true at the output only, where the backward pass starts; elsewhere out_grad is what has arrived.": "D",
}

RETURNED_MISTAKES = {
    "A: the Jacobians have four axes each; nobody builds them. Their product with out_grad comes back.": "A",
    "B: the transposes are only one factor; out_grad must be multiplied in.": "B",
    "D: out_grad has the shape of the result; each input must get something of its own shape.": "D",
}
