"""The key to autodiff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from gradus import tape
from gradus.judging import AnyOf, Array, Observation, Raised, Where
from gradus.question import Question
from gradus.tape.lesson import exact_adjoints
from gradus.tape.twin import torch_compute
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key import autodiff_cases as cases
from gradus_staff.key import autodiff_engine as engine
from gradus_staff.key import autodiff_models as models
from gradus_staff.key.autodiff_matchers import Exactly, entry, is_in_order, reaches

# Part 1


class _Formula(Key):
    label = "1A"

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._known: dict[tuple[int, bytes], tuple[Any, Observation]] = {}

    criteria = {"the outer functions": 2, "the inner function": 2, "the whole derivative": 2}
    answer = models.formulas["right"]
    inner_is_right = ("sine", "root", "both", "sign", "half", "root below")
    outer_is_right = ("log", "no log", "constant", "cube")
    misconceptions = models.FORMULA_MISTAKES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        x = cases.domain(rng, 8)
        for criterion in self.criteria:
            yield Case(criterion, x=x)

    def ask(self, answer: Any, case: Case) -> Observation:
        """Formulas of ours are evaluated once at the same points: SymPy takes its time."""
        place = id(answer), np.asarray(case.inputs["x"]).tobytes()
        if place not in self._known:
            self._known[place] = answer, super().ask(answer, case)
        return self._known[place][1]

    def expect(self, case: Case) -> Observation:
        """For a part of the marks, a mistake elsewhere does no harm."""
        also = {"the outer functions": self.outer_is_right, "the inner function": self.inner_is_right}
        names = ["right", *also.get(case.criterion, ())]
        return AnyOf(*(self.ask(models.formulas[name], case) for name in names))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and "holds" in got.message:
            return "The formula is not written in x alone."
        if isinstance(got, Array) and np.ptp(got.values.real) == 0 and abs(got.values.flat[0].real - 9.2485) < 1e-3:
            return "This is the number 9.2485, the slope at one point; the question asks for a formula in x."
        return None


CUT = "The result is cut off from autograd (item(), NumPy, detach, or a new tensor made of numbers)."


class _Function(Key):
    label = "1B"
    criteria = {"values": 2, "shape and dtype": 1, "differentiable": 2}
    answer = staticmethod(models.f)
    misconceptions = {**models.wrong_functions, CUT: lambda x: models.f(x).detach()}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for dtype in ("float32", "float64"):
            yield Case("values", x=cases.domain(rng, 5), dtype=dtype)
            for shape in ((), (3,), (2, 3), (2, 1, 2), (0,)):
                yield Case("shape and dtype", how="form", x=cases.domain(rng, shape), dtype=dtype)
        yield Case("values", x=cases.domain(rng, (2, 3)))
        yield Case("differentiable", how="gradient", x=cases.domain(rng, 4), upstream=rng.normal(size=4))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and ("require grad" in got.message or "Can't call numpy()" in got.message):
            return CUT
        if isinstance(got, Raised) and (
            "only one element" in got.message
            or "converted to Python scalar" in got.message
            or "only length-1" in got.message
            or "cannot be converted to Scalar" in got.message
        ):
            return CUT  # fmt: skip
        return None


class _Derivative(Key):
    label = "1C"
    criteria = {"values": 2, "vectors": 1, "the same when called again": 1, "by autograd": 1}
    answer = staticmethod(models.derivative)
    misconceptions = models.DERIVATIVE_MISTAKES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for dtype in ("float32", "float64", "float64"):
            yield Case("values", x=cases.domain(rng, 1), dtype=dtype)
        yield Case("values", x=cases.domain(rng, ()))
        for shape in ((5,), (2, 3)):
            yield Case("vectors", x=cases.domain(rng, shape))
        yield Case("the same when called again", how="again", x=cases.domain(rng, 3))
        yield Case("by autograd", how="calls", x=cases.domain(rng, 2))

    def expect(self, case: Case) -> Observation:
        """In float64 autograd is exact to 14 digits or so, and the best of finite differences to 10."""
        right = super().expect(case)
        return Exactly(right) if isinstance(right, Array) and right.dtype == "float64" else right

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "calls" and got is False:
            return "Autograd never ran: the question asks for automatic differentiation."
        if isinstance(got, Array) and got.dtype == "float64":
            right = self.ask(self.answer, case)
            size = np.abs(right.values).max(initial=1.0)
            if got.shape != right.shape:
                return None
            if case.how == "again" and np.allclose(got.values, 2 * right.values, rtol=1e-4):
                return next(iter(self.misconceptions))
            if got.values.size and (got.values == got.values.astype(np.float32)).all():
                return models.ROUNDED
            if np.abs(got.values - right.values).max(initial=0.0) < 1e-2 * size:
                return "These are finite differences: near the derivative, but not exact, as float64 shows."
        if isinstance(got, Raised) and "scalar outputs" in got.message:
            return "backward() starts from a single number: take the sum of the outputs first."
        if isinstance(got, Raised) and "does not require grad" in got.message:
            return CUT
        if got is None:
            return "None came back: x.grad is None where x does not require a gradient, or was not a leaf."
        return None


# Part 2


class _Blanks(Key):
    label = "2A"
    criteria = {"(a)": 1, "(b)": 1, "(c)": 2, "(d)": 1, "(e)": 1}
    answer = models.RIGHT_BLANKS
    misconceptions = models.BLANKS_MISTAKES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion, blank=criterion.strip("()"))


class _Adjoints(Key):
    label = "2B"
    criteria = {"v7": 1, "v6": 1, "v5": 1, "v4": 2, "v3": 1, "v2": 1, "v1": 1}
    answer = staticmethod(models.adjoints)
    misconceptions = {name: Misconception(model) for name, model in models.wrong_adjoints.items()}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for k, d in ((2, 3), (4, 2), (3, 3)):
            numbers = {"x": rng.normal(size=(1, k)), "W": 0.6 * rng.normal(size=(k, d)), "y": rng.normal(size=(1, d))}
            for of in self.criteria:
                yield Case(of, of=of, **numbers)

    def expect(self, case: Case) -> Observation:
        inputs = case.decoded_inputs()
        exact = exact_adjoints(inputs["x"], inputs["W"], inputs["y"])
        return Array(exact[case.inputs["of"]], "torch", "float64")

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and "mat1 and mat2 shapes" in got.message:
            return "Two matrices are multiplied whose shapes do not fit: is a transpose missing, or swapped?"
        if isinstance(got, Raised) and "must match the size of tensor" in got.message:
            return "An element-wise product (*) stands where a matrix product (@) belongs."
        return None


# Part 3


class _Gradients(Key):
    """What the three keys about gradients share: torch.autograd is the judge, on random upstream gradients."""

    answer = engine.REFERENCE

    def expect(self, case: Case) -> Observation:
        inputs = case.decoded_inputs()
        op, out_grad = getattr(tape, inputs.pop("op")), inputs.pop("out_grad")
        arrays = [inputs.pop(name) for name in ("a", "b") if name in inputs]
        if case.how == "links":
            needed = [set(one) for one in self._needed(op, inputs, len(arrays))]
            return Where(lambda got: reaches(got, needed), "shares that the engine can differentiate again")
        leaves = [torch.tensor(array, requires_grad=True) for array in arrays]
        out = torch_compute(op(**inputs), *leaves)
        found = torch.autograd.grad(out, leaves, torch.tensor(out_grad))
        right = [Array(one.numpy(), "numpy", "float64") for one in found]
        if op is tape.ReLU and (arrays[0] == 0).any():
            passed_on = Array(np.where(arrays[0] >= 0, out_grad, 0.0), "numpy", "float64")
            return AnyOf(right, [passed_on])
        return right

    def _needed(self, op: type, settings: dict[str, Any], inputs: int) -> list[str | tuple[str, ...]]:
        if op in (tape.EwiseMul, tape.MatMul):
            return [("out_grad", "b"), ("out_grad", "a")]
        curved = op in (tape.Log, tape.Exp) or (op is tape.PowerScalar and settings["exponent"] not in (0, 1))
        return [("out_grad", "a") if curved else ("out_grad",)] * inputs

    def recognise(self, case: Case, got: Observation) -> str | None:
        inputs = 2 if "b" in case.inputs else 1
        if isinstance(got, list) and len(got) != inputs:
            return "The number of tensors that a gradient returns is not that of the inputs: one for each."
        if case.how == "links" and isinstance(got, list) and self.expect(case).compare(got, None):
            return engine.RAW
        return None


class _Elementwise(_Gradients):
    label = "3A"
    criteria = {
        "EwiseAdd": 1, "EwiseMul": 1, "PowerScalar": 2, "ReLU": 1, "Log": 1, "Exp": 1, "made of engine operations": 1,
    }  # fmt: skip
    misconceptions = engine.wrong_gradients("3A")

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        return cases.elementwise(rng)


class _Shapes(_Gradients):
    label = "3A-shapes"
    criteria = {"Summation": 2, "BroadcastTo": 3, "Reshape": 1, "Transpose": 1, "made of engine operations": 1}
    misconceptions = engine.wrong_gradients("3A-shapes")

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        return cases.shapes(rng)


class _Product(_Gradients):
    label = "3A-matmul"
    criteria = {"two matrices": 1, "batches": 1, "broadcast batches": 1, "made of engine operations": 1}
    misconceptions = engine.wrong_gradients("3A-matmul")

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        return cases.products(rng)


class _Order(Key):
    label = "3B"
    criteria = {
        "inputs first": 1, "each node once": 1, "nothing missing, nothing foreign": 1, "repeated use adds up": 1,
    }  # fmt: skip
    bonus = {"a graph deeper than Python's recursion": 1}
    answer = staticmethod(engine.topological_order)
    misconceptions = {
        "The list begins with the output; it must begin with the inputs.": engine.outputs_first,
        "A node that is used more than once stands in the list more than once.": engine.every_use,
        "The nodes are listed by their distance from the output: one that is used near and far comes too late.": (
            engine.by_level
        ),
        "The leaves are missing.": engine.without_leaves,
        "The node itself is missing at the end of its list.": engine.without_itself,
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        doubled = [[], *([i, i] for i in range(4))]
        graphs = [cases.SKIP, doubled, cases.random_graph(rng, 8), cases.random_graph(rng, 8)]
        for criterion in ("inputs first", "each node once", "nothing missing, nothing foreign"):
            for graph in graphs:
                yield Case(criterion, graph=graph, start=len(graph) - 1)
        graph = cases.random_graph(rng, 9)
        yield Case("nothing missing, nothing foreign", graph=graph, start=6)
        yield Case("nothing missing, nothing foreign", graph=graph, start=0)
        for graph in graphs:
            weights = [rng.uniform(0.5, 1.5, len(inputs)).tolist() for inputs in graph]
            yield Case("repeated use adds up", how="adjoints", graph=graph, weights=weights)
        yield Case("a graph deeper than Python's recursion", graph=[[], *([i] for i in range(1500))], start=1500)

    def expect(self, case: Case) -> Observation:
        if case.how == "adjoints":
            return super().expect(case)
        graph, start = case.inputs["graph"], case.inputs["start"]
        words = {
            "each node once": "every node once", "inputs first": "every node after its inputs",
        }.get(case.criterion, "just the nodes that it was made of, itself last")  # fmt: skip
        return Where(lambda got: is_in_order(got, graph, start, case.criterion), words)

    def recognise(self, case: Case, got: Observation) -> str | None:
        sentences = list(self.misconceptions)
        if case.how or not isinstance(got, list) or not got:
            return None
        if len(set(got)) < len(got):
            return sentences[1]
        return (
            sentences[0]
            if len(got) > 1 and is_in_order(got[::-1], case.inputs["graph"], case.inputs["start"]) is True
            else None
        )


class _Recursion(Key):
    label = "3B-recursion"
    criteria = {"how often a fires": 1, "what recursion finds": 1, "the right adjoint": 1}
    answer = (8, 26, 8)
    misconceptions = models.RECURSION_MISTAKES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        return entry(list(self.criteria).index(case.criterion), self.answer)


class _Twice(Key):
    label = "3B-twice"
    criteria = {"the first call": 1, "the second call": 2, "after clearing": 1}
    answer = (48, 96, 48)
    misconceptions = models.TWICE_MISTAKES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        return entry(list(self.criteria).index(case.criterion), self.answer)


class _Choice(Key):
    criteria = {"the right letter": 1}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the right letter")


class _OutGrad(_Choice):
    label = "3C"
    answer = "B"
    misconceptions = models.OUT_GRAD_MISTAKES


class _Returned(_Choice):
    label = "3D"
    answer = "C"
    misconceptions = models.RETURNED_MISTAKES


class _SecondOrder(Key):
    label = "3E"
    criteria = {"first derivative": 1, "second derivative": 2, "with a raw gradient": 1}

    answer = staticmethod(engine.differentiate_twice)
    misconceptions = engine.SECOND_ORDER_MISTAKES

    def ask(self, answer: Any, case: Case) -> Observation:
        with tape.rules.replaced_by(engine.REFERENCE):
            return super().ask(answer, case)

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            numbers = {"x": float(rng.uniform(0.5, 1.5)), "cube": float(rng.uniform(0.5, 2.0))}
            numbers["exp"] = float(rng.uniform(0.5, 2.0))
            yield Case("first derivative", which="first", **numbers, raw=0.0)
            yield Case("second derivative", which="second", **numbers, raw=0.0)
        numbers["raw"] = float(rng.uniform(0.5, 2.0))
        yield Case("with a raw gradient", which="first", **numbers)
        yield Case("with a raw gradient", which="second", **numbers)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, float) and isinstance(right := self.expect(case), float) and 0 < abs(got - right) < 1e-3:
            return "These are finite differences: near the derivatives, but not exact."
        return None
