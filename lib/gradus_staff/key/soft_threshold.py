"""The key to soft_threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from gradus.judging import AnyOf, Observation, Raised, Where
from gradus.judging.figures import Curve
from gradus.judging.observation import Array
from gradus.questions.soft_threshold import CURVE, LABELS, MARKS, SLOPE, THRESHOLD
from gradus_staff.answer_key import Case, Key, Misconception


def soft_threshold(y: torch.Tensor, T: float) -> torch.Tensor:
    return torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 3, torch.zeros_like(y)))


def _in_band(rng: np.random.Generator, T: float, size: int) -> np.ndarray:
    return rng.uniform(-0.95 * T, 0.95 * T, size)


def _above(rng: np.random.Generator, T: float, size: int) -> np.ndarray:
    return T + rng.uniform(0.2, 4.0, size)


def _anywhere(rng: np.random.Generator, T: float, shape: tuple[int, ...]) -> np.ndarray:
    """Entries of all three kinds, shuffled: at least one of each where there is room."""
    size = int(np.prod(shape))
    kinds = rng.permutation(np.arange(size) % 3)
    values = np.where(kinds == 0, _in_band(rng, T, size), _above(rng, T, size) * np.where(kinds == 1, 1, -1))
    return values.reshape(shape)


def _piecewise(inside, above, below):  # type: ignore[no-untyped-def]
    """A model of a wrong f: what it does inside the band, above and below it."""

    def model(y: torch.Tensor, T: float) -> torch.Tensor:
        return torch.where(y > T, above(y, T), torch.where(y < -T, below(y, T), inside(y, T)))

    return model


def _zero(y: torch.Tensor, T: float) -> torch.Tensor:
    return torch.zeros_like(y)


def _square(y: torch.Tensor, T: float) -> torch.Tensor:
    return (y - T) ** 2


def _cube(y: torch.Tensor, T: float) -> torch.Tensor:
    return (y + T) ** 3


WRONG_THRESHOLDS = {
    "Both sides are squared; below the band it is a cube.": Misconception(
        _piecewise(_zero, _square, lambda y, T: (y + T) ** 2), "Which power stands in the third line of the formula?"
    ),
    "Both sides are cubed; above the band it is a square.": Misconception(
        _piecewise(_zero, lambda y, T: (y - T) ** 3, _cube), "Which power stands in the second line of the formula?"
    ),
    "The sign of the cube is lost; below the band f is negative.": Misconception(
        _piecewise(_zero, _square, lambda y, T: (y + T).abs() ** 3), "What sign has the cube of a negative number?"
    ),
    "This is the ordinary soft threshold: what sticks out is neither squared nor cubed.": Misconception(
        _piecewise(_zero, lambda y, T: y - T, lambda y, T: y + T), "Which powers does the formula have?"
    ),
    "The powers are taken of y itself, not of what sticks out of the band.": Misconception(
        _piecewise(_zero, lambda y, T: y**2, lambda y, T: y**3), "How far is y from the band?"
    ),
    "T has the wrong sign: y + T above the band, y - T below it.": Misconception(
        _piecewise(_zero, lambda y, T: (y + T) ** 2, lambda y, T: (y - T) ** 3), "Where is f zero, by your formula?"
    ),
    "Square and cube have changed sides.": Misconception(
        _piecewise(_zero, lambda y, T: (y - T) ** 3, lambda y, T: (y + T) ** 2), "Which side is the square on?"
    ),
    "Inside the band f gives y; it should give 0.": Misconception(
        _piecewise(lambda y, T: y, _square, _cube), "What is the first line of the formula?"
    ),
    "There is no band: the square (or cube) is used everywhere.": Misconception(
        lambda y, T: torch.where(y >= 0, (y - T) ** 2, (y + T) ** 3), "What happens between -T and T?"
    ),
}


class A(Key):
    criteria = {"inside the band": 2, "above": 2, "below": 2, "any shape": 1, "differentiable": 1}
    answer = staticmethod(soft_threshold)
    misconceptions = {
        **WRONG_THRESHOLDS,
        "The result is cut off from autograd (item(), NumPy, detach, or a new tensor made of numbers).": Misconception(
            lambda y, T: soft_threshold(y, T).detach(), "Which operation leaves the graph?"
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(3):
            T = float(rng.uniform(0.3, 3.5))
            yield Case("inside the band", how="number", y=float(_in_band(rng, T, 1)[0]), T=T)
            yield Case("above", how="number", y=float(_above(rng, T, 1)[0]), T=T)
            yield Case("below", how="number", y=-float(_above(rng, T, 1)[0]), T=T)
        T = float(rng.uniform(0.3, 3.5))
        yield Case("inside the band", how="number", y=T, T=T)
        yield Case("inside the band", how="number", y=-T, T=T)
        for shape in ((7,), (3, 4), (2, 3, 2)):
            yield Case("any shape", y=_anywhere(rng, T, shape), T=T)
        yield Case("any shape", y=np.float64(T + 1.5).reshape(()), T=T, dtype="float64")
        yield Case("any shape", y=np.zeros((0,)), T=T)
        for dtype in ("float32", "float64"):
            yield Case("any shape", how="form", y=_anywhere(rng, T, (4,)), T=T, dtype=dtype)
        for y in (_above(rng, T, 1), -_above(rng, T, 1)):
            yield Case("differentiable", how="gradient", y=y, T=T, upstream=rng.normal(size=1), dtype="float64")

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and ("Boolean value of Tensor" in got.message or "ambiguous" in got.message):
            return "A single `if` cannot decide for a whole tensor: every entry needs its own branch."
        if isinstance(got, Raised) and "inplace" in got.message.replace("-", ""):
            return "An in-place write (y[...] = ...) breaks autograd."
        if isinstance(got, Raised) and "does not require grad" in got.message:
            return "The result is cut off from autograd (item(), NumPy, detach, or a new tensor made of numbers)."
        return None


class B(Key):
    criteria = {"the curve": 3, "±T marked": 2, "axes labelled": 1}
    wrong_curves = {name: m.model for name, m in WRONG_THRESHOLDS.items()}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        return {"the curve": CURVE, "±T marked": MARKS, "axes labelled": LABELS}[case.criterion]

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.criterion != "the curve":
            return None
        return _recognise_curve(got, {name: _on_numpy(model) for name, model in self.wrong_curves.items()})


def _on_numpy(model):  # type: ignore[no-untyped-def]
    return lambda y: model(torch.tensor(y), THRESHOLD).numpy()


def _recognise_curve(got: Observation, wrong) -> str | None:  # type: ignore[no-untyped-def]
    for sentence, function in wrong.items():
        if Curve(function, -14, 14, sentence, points=20).compare(got) is None:
            return sentence
    other = {
        T: (lambda y, T=T: soft_threshold(torch.tensor(y), T).numpy()) for T in (1.0, 2.0, 3.0, 0.5, 1.5, 2.5, 2.8)
    }
    for T, function in other.items():
        if Curve(function, -14, 14, "", points=20).compare(got) is None:
            return f"The picture is right, but for T = {T:g} in place of 2.81."
    return None


def soft_threshold_derivative(y: torch.Tensor, T: float) -> torch.Tensor:
    y = y.detach().clone().requires_grad_(True)
    (slope,) = torch.autograd.grad(soft_threshold(y, T).sum(), y)
    return slope


def _derivative_of(model):  # type: ignore[no-untyped-def]
    def derivative(y: torch.Tensor, T: float) -> torch.Tensor:
        y = y.detach().clone().requires_grad_(True)
        (slope,) = torch.autograd.grad(model(y, T).sum(), y, allow_unused=True, materialize_grads=True)
        return slope

    return derivative


def _none_inside(y: torch.Tensor, T: float) -> torch.Tensor | None:
    return None if bool((y.abs() <= T).all()) else soft_threshold_derivative(y, T)


class C(Key):
    criteria = {"inside the band": 2, "above": 1, "below": 1, "any shape": 1, "by autograd": 1}
    answer = staticmethod(soft_threshold_derivative)
    misconceptions = {
        "Where the output does not depend on y, PyTorch answers None; the derivative there is 0.": Misconception(
            _none_inside, "What does allow_unused=True return, and what should your function return?"
        ),
        "The derivative of the square below lacks the cube's 3 (y + T)²: both sides are treated as squares.": (
            Misconception(
                _derivative_of(WRONG_THRESHOLDS["Both sides are squared; below the band it is a cube."].model)
            )
        ),
        "The derivative below the band has the wrong sign: a cube grows everywhere, so its slope is never negative.": (
            lambda y, T: torch.where(y < -T, -1.0, 1.0) * soft_threshold_derivative(y, T)
        ),
        "The function's values are returned in place of its slope.": Misconception(soft_threshold, "f or f'?"),
        "The inner power is left as it was: 2 (y - T) and 3 (y + T)², not 2 (y - T)² and 3 (y + T)³.": (
            _piecewise(_zero, lambda y, T: 2 * (y - T) ** 2, lambda y, T: 3 * (y + T) ** 3)
        ),
        "The factors 2 and 3 of the power rule are missing.": (
            _piecewise(_zero, lambda y, T: y - T, lambda y, T: (y + T) ** 2)
        ),
        "The slopes of all entries are added up; each entry wants its own.": Misconception(
            lambda y, T: soft_threshold_derivative(y, T).sum(), "Of what did you take the gradient, and in what?"
        ),
        **{
            f"The derivative is that of another function. {sentence}": _derivative_of(misconception.model)
            for sentence, misconception in WRONG_THRESHOLDS.items()
            if not sentence.startswith(("Both sides are squared", "The sign of the cube"))
        },
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for dtype in ("float32", "float64"):
            T = float(rng.uniform(0.3, 3.5))
            yield Case("inside the band", y=_in_band(rng, T, 1), T=T, dtype=dtype)
            yield Case("above", y=_above(rng, T, 1), T=T, dtype=dtype)
            yield Case("below", y=-_above(rng, T, 1), T=T, dtype=dtype)
        yield Case("inside the band", y=_in_band(rng, T, 4), T=T)
        yield Case("inside the band", y=np.array([T, -T]), T=T, dtype="float64")
        for shape in ((6,), (2, 5)):
            yield Case("any shape", y=_anywhere(rng, T, shape), T=T)
        yield Case("by autograd", how="calls", y=_anywhere(rng, T, (3,)), T=T)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "calls" and got is False:
            return "The formula is typed in; the question asks for autograd."
        return None


class _Figure(Key):
    label = "C-figure"
    criteria = {"the curve": 1, "axes labelled": 1}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        return {"the curve": SLOPE, "axes labelled": LABELS}[case.criterion]

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.criterion != "the curve":
            return None
        if CURVE.compare(got) is None:
            return "This is the picture of f; the question asks for its derivative."
        wrong = {s: _on_numpy(_derivative_of(m.model)) for s, m in WRONG_THRESHOLDS.items()}
        return _recognise_curve(got, wrong)


class ConjugateSoftThreshold(nn.Module):
    """g_T(x; M) = M^-1 f_T(M x)."""

    def __init__(self, T: float, M0: torch.Tensor) -> None:
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.clone())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.linalg.solve(self.M, soft_threshold(x @ self.M.T, self.T).T).T


def _module(forward, prepare=None, parameter=True):  # type: ignore[no-untyped-def]
    """A model of a wrong module: `forward(self, x)`, with `prepare(self, M0)` in the constructor."""

    class Model(nn.Module):
        def __init__(self, T: float, M0: torch.Tensor) -> None:
            super().__init__()
            self.T = T
            self.M = nn.Parameter(M0.clone()) if parameter else M0.clone()
            if prepare:
                prepare(self, M0)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return forward(self, x)

    return Model


def _remember_inverse(self, M0: torch.Tensor) -> None:  # type: ignore[no-untyped-def]
    self.inverse = torch.linalg.inv(M0)


def _stale(self, x: torch.Tensor) -> torch.Tensor:  # type: ignore[no-untyped-def]
    return self.inverse @ soft_threshold(self.M @ x, self.T)


def _right(self, x: torch.Tensor) -> torch.Tensor:  # type: ignore[no-untyped-def]
    return torch.linalg.solve(self.M, soft_threshold(self.M @ x, self.T))


def _symmetric_matrix(rng: np.random.Generator, d: int) -> np.ndarray:
    """Symmetric, entries of order 1, well conditioned."""
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return Q @ np.diag(rng.uniform(0.7, 2.5, d)) @ Q.T


class D(Key):
    criteria = {
        "one vector": 4, "M is a parameter": 2, "follows M": 2, "gradient in x": 2,
    }  # fmt: skip
    bonus = {"batch": 1}
    answer = ConjugateSoftThreshold
    misconceptions = {
        "The inverse is computed once, in the constructor; when M changes it is stale.": Misconception(
            _module(_stale, _remember_inverse), "M will be trained. When must the inverse be computed?"
        ),
        "M is not an nn.Parameter, so no optimiser will find it.": Misconception(
            _module(_right, parameter=False), "What does parameters() list?"
        ),
        "M^-1 is missing: this is f(M x).": _module(lambda self, x: soft_threshold(self.M @ x, self.T)),
        "M is missing inside: this is M^-1 f(x).": (
            _module(lambda self, x: torch.linalg.solve(self.M, soft_threshold(x, self.T)))
        ),
        "M and M^-1 have changed places: this is M f(M^-1 x).": (
            _module(lambda self, x: self.M @ soft_threshold(torch.linalg.solve(self.M, x), self.T))
        ),
        "M x is taken entry by entry (*), not as a matrix product (@).": (
            _module(lambda self, x: torch.linalg.solve(self.M, soft_threshold(torch.diagonal(self.M) * x, self.T)))
        ),
        "Each entry of M is inverted (1 / M); the inverse of a matrix is something else.": (
            _module(lambda self, x: (1 / self.M) @ soft_threshold(self.M @ x, self.T))
        ),
        "The transpose stands where the inverse belongs.": (
            _module(lambda self, x: self.M.T @ soft_threshold(self.M @ x, self.T))
        ),
        "x is detached (or its numbers copied), so no gradient comes back to it.": (
            _module(lambda self, x: _right(self, x.detach()))
        ),
        **{
            f"The soft threshold inside is another one. {sentence}": _module(
                lambda self, x, f=misconception.model: torch.linalg.solve(self.M, f(self.M @ x, self.T))
            )
            for sentence, misconception in WRONG_THRESHOLDS.items()
        },
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for d in (2, 3, 5):
            T = float(rng.uniform(0.5, 2.0))
            M, x = _symmetric_matrix(rng, d), _anywhere(rng, T, (d,)) * 1.5
            yield Case("one vector", x=x, M=M, T=T)
            yield Case("gradient in x", how="gradient", x=x, M=M, T=T, upstream=rng.normal(size=d))
        yield Case("one vector", x=x, M=M, T=T, dtype="float32")
        yield Case("M is a parameter", how="parameters", M=M, T=T)
        yield Case("M is a parameter", how="name", M=M, T=T)
        yield Case("follows M", how="changed", x=x, M=M, N=_symmetric_matrix(rng, d), T=T)
        yield Case("batch", x=_anywhere(rng, T, (4, d)), M=M, T=T)

    def expect(self, case: Case) -> Observation:
        if case.how == "parameters":
            M = np.asarray(case.inputs["M"])
            return [[list(M.shape), AnyOf(True), Where(lambda got: _holds(got, M), "the matrix M0")]]
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.criterion == "M is a parameter" and (got == [] or got == [True, []]):
            return "M is not an nn.Parameter, so no optimiser will find it."
        no_parameter = isinstance(got, Raised) and got.type_name == "StopIteration"
        if case.criterion == "follows M" and no_parameter:
            return "M is not an nn.Parameter, so no optimiser will find it."
        if isinstance(got, Raised) and "inplace" in got.message.replace("-", ""):
            return "An in-place write (y[...] = ...) breaks autograd."
        return None


def _holds(got: Observation, M: np.ndarray) -> bool | str:
    if isinstance(got, Array) and got.shape == M.shape and np.allclose(got.values, M, rtol=1e-4, atol=1e-5):
        return True
    return "The parameter does not hold the matrix M0."


def phi_and_gradients(x: torch.Tensor, M: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    return _phi(x, M, lambda x, M: torch.linalg.solve(M, soft_threshold(M @ x, THRESHOLD)))


def _phi(x, M, g, norm=lambda r: (r**2).sum()):  # type: ignore[no-untyped-def]
    x = x.detach().clone().requires_grad_(True)
    M = M.detach().clone().requires_grad_(True)
    phi = norm(x - g(x, M))
    grad_x, grad_M = torch.autograd.grad(phi, (x, M), allow_unused=True, materialize_grads=True)
    return phi.detach(), grad_x, grad_M


def _with(g, **options):  # type: ignore[no-untyped-def]
    return lambda x, M: _phi(x, M, g, **options)


def _g(x: torch.Tensor, M: torch.Tensor) -> torch.Tensor:
    return torch.linalg.solve(M, soft_threshold(M @ x, THRESHOLD))


class E(Key):
    criteria = {"phi": 2, "gradient in x": 3, "gradient in M": 3}
    answer = staticmethod(phi_and_gradients)
    misconceptions = {
        "The inverse is not part of the graph (computed once, or under no_grad): M^-1 depends on M.": Misconception(
            _with(lambda x, M: torch.linalg.inv(M.detach()) @ soft_threshold(M @ x, THRESHOLD)),
            "M appears twice in g. Through which of the two does your gradient flow?",
        ),
        "M x is cut off from the graph; only the inverse carries a gradient.": (
            _with(lambda x, M: torch.linalg.solve(M, soft_threshold(M.detach() @ x, THRESHOLD)))
        ),
        "x is detached inside g: it appears in phi twice.": (_with(lambda x, M: _g(x.detach(), M))),
        "g is detached: only the first x of phi carries a gradient.": (_with(lambda x, M: _g(x, M).detach())),
        "The gradient in M is symmetrised; it should treat every entry of M as free.": Misconception(
            _with(lambda x, M: _g(x, (M + M.T) / 2)), "Does the formula symmetrise M?"
        ),
        "The square is missing: this is the norm, not its square.": (
            _with(_g, norm=lambda r: torch.linalg.vector_norm(r))
        ),
        "The squares are averaged; the norm adds them up.": _with(_g, norm=lambda r: (r**2).mean()),
        "The two gradients come in the wrong order.": (lambda x, M: _swap(phi_and_gradients(x, M))),
        "The signs of the gradients are turned round.": (
            lambda x, M: (phi_and_gradients(x, M)[0], -phi_and_gradients(x, M)[1], -phi_and_gradients(x, M)[2])
        ),
        **{
            f"The soft threshold inside is another one. {sentence}": _with(
                lambda x, M, f=misconception.model: torch.linalg.solve(M, f(M @ x, THRESHOLD))
            )
            for sentence, misconception in WRONG_THRESHOLDS.items()
        },
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(3):
            M, x = _symmetric_matrix(rng, 5), rng.normal(size=5) * 4
            for criterion, how in (("phi", "phi"), ("gradient in x", "x"), ("gradient in M", "M")):
                yield Case(criterion, how=how, x=x, M=M)


def _swap(triple):  # type: ignore[no-untyped-def]
    return triple[0], triple[2], triple[1]
