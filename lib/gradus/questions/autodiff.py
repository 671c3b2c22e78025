"""What autodiff asks: a derivative three ways, a computation graph with its adjoints, and the rules of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from gradus import tape
from gradus.autograd_watch import autograd_runs
from gradus.check import checks_for
from gradus.judging import AnyOf, Array, Numbers, Where
from gradus.question import Example, Question
from gradus.symbols import numbers_at
from gradus.tape.lesson import Blend, RawCube, network_picture, network_values, polynomial_picture, show_adjoints

__all__ = ["check", "judge", "network_picture", "polynomial_picture", "show_adjoints"]

BLANKS = ("a", "b", "c", "d", "e")
_SIGNS = {
    "+": ("+", "add", "plus", "sum", "addition"),
    "-": ("-", "−", "–", "sub", "minus", "subtract", "subtraction", "difference"),
    "*": ("*", "·", "×", "mul", "times", "multiply", "multiplication", "product"),
    "square": ("square", "²", "^2", "**2", "( )²", "()²", "()^2", "()**2", "x^2", "x**2", "x²", "pow 2",
               "pow2", "squared", "sq", "pow(2)", "power 2", "(.)^2", "(·)²"),
    "/": ("/", "div", "divide"),
}  # fmt: skip


# Part 1. One function, three ways


class _Formula(Question):
    label = "1A"
    title = "the derivative by hand"

    def ask(self, answer: Any, x: Any) -> Any:
        """The formula's values at some points: numbers leave the kernel, never a formula."""
        return np.array(numbers_at(answer, np.asarray(x).tolist()))

    examples = [
        Example("the whole derivative", np.array([9.2485]), "Which of the three layers is missing a factor?", x=[1.432])
    ]


def _points(x: Any, dtype: str) -> torch.Tensor:
    return torch.tensor(np.asarray(x), dtype={"float32": torch.float32, "float64": torch.float64}[dtype])


class _Function(Question):
    label = "1B"
    title = "the function as code"

    def ask(self, answer: Any, x: Any, dtype: str = "float64") -> Any:
        return answer(_points(x, dtype))

    def ask_form(self, answer: Any, x: Any, dtype: str) -> Any:
        """Shape and dtype of the result."""
        out = answer(_points(x, dtype))
        return [list(out.shape), str(out.dtype)]

    def ask_gradient(self, answer: Any, x: Any, upstream: Any) -> Any:
        """The gradient that autograd sends back through the answer."""
        x = _points(x, "float64").requires_grad_()
        out = answer(x)
        return torch.autograd.grad(out, x, _points(upstream, "float64").to(out.dtype).reshape(out.shape))[0]

    examples = [
        Example("values", torch.tensor([2.5349]), "Is y the same under the root and in the sine?",
                x=[1.432], dtype="float32"),
        Example("shape and dtype", [[2, 1], "torch.float32"], "Does every step work on whole tensors?", ask="form",
                x=[[0.5], [1.0]], dtype="float32"),
    ]  # fmt: skip


class _Derivative(Question):
    label = "1C"
    title = "the derivative by autograd"

    def ask(self, answer: Any, x: Any, dtype: str = "float64") -> Any:
        return answer(_points(x, dtype))

    def ask_again(self, answer: Any, x: Any) -> Any:
        """The second of two calls with one and the same tensor."""
        x = _points(x, "float64").requires_grad_()
        answer(x)
        return answer(x)

    def ask_calls(self, answer: Any, x: Any) -> bool:
        """Did autograd run?"""
        return autograd_runs(lambda: answer(_points(x, "float64")))

    examples = [
        Example("values", torch.tensor([9.2485], dtype=torch.float64), "At which x is your derivative taken?",
                x=[1.432]),
        Example("vectors", torch.tensor([0.0, -2.6619], dtype=torch.float64), "Does every entry get its own slope?",
                x=[0.0, 1.0]),
    ]  # fmt: skip


# Part 2. The computation graph


_OPERATION = Where(lambda got: got in _SIGNS or "Expected one of +  -  *  /  square.", "an operation")


class _Blanks(Question):
    label = "2A"
    title = "the graph's operations"

    def ask(self, answer: Any, blank: str) -> Any:
        """What stands in one blank: "+", "-", "*", "/", "square", or the student's own words."""
        if isinstance(answer, Sequence) and not isinstance(answer, str) and len(answer) == len(BLANKS):
            answer = dict(zip(BLANKS, answer, strict=True))
        if not isinstance(answer, Mapping):
            raise ValueError(f"expected a dictionary with the keys {', '.join(BLANKS)}, got {type(answer).__name__}")
        words = {str(key).strip("() ").lower(): str(value).strip().lower() for key, value in answer.items()}
        if blank not in words:
            raise ValueError(f"there is nothing for blank ({blank})")
        return next((sign for sign, names in _SIGNS.items() if words[blank] in names), words[blank])

    examples = [
        Example(f"({letter})", _OPERATION, blank=letter) for letter in BLANKS
    ]  # fmt: skip


_SMALL = {"x": [[1.0, -2.0]], "W": [[0.5, 0.0, -1.0], [0.0, 0.5, -0.5]], "y": [[1.0, 0.0, 2.0]]}


class _Adjoints(Question):
    label = "2B"
    title = "adjoints by hand"

    def ask(self, answer: Any, of: str, x: Any, W: Any, y: Any) -> Any:
        found = answer(*network_values(x, W, y))
        if not isinstance(found, Mapping):
            raise ValueError(f"expected a dictionary of adjoints, got {type(found).__name__}")
        if of not in found:
            raise ValueError(f"the dictionary holds no adjoint of {of}")
        if found[of] is None:
            raise NotImplementedError(f"the adjoint of {of} is None")
        if of == "v7" and not isinstance(found[of], torch.Tensor):
            return torch.tensor(found[of], dtype=torch.float64)
        return found[of].reshape(()) if of == "v7" else found[of]

    examples = [
        Example(of, torch.tensor(gives, dtype=torch.float64), hint, of=of, **_SMALL)
        for of, gives, hint in [
            ("v7", 1.0, "How much does v7 change when v7 changes?"),
            ("v6", [[0.7658, -0.4214, -0.6667]], "How many entries does the mean have? What is the slope of a square?"),
            ("v5", [[0.7658, -0.4214, -0.6667]], "v6 = v4 + v5: what does a sum hand back to each of its terms?"),
            ("v4", [[2.0284, -0.5764, -1.3333]], "v4 is used by two nodes."),
            ("v3", [[-0.7658, 0.4214, 0.6667]], "v3 stands in the difference with a minus."),
            ("v2", [[2.0284, -0.5764, -1.3333], [-4.0569, 1.1529, 2.6667]], "Which product has the shape of W?"),
            ("v1", [[2.3475, 0.3784]], "Which product has the shape of x?"),
        ]
    ]  # fmt: skip


# Part 3. The engine


def _as_rules(answer: Any) -> tape.Rules:
    if isinstance(answer, Mapping):
        return tape.Rules(dict(answer))
    if not isinstance(answer, tape.Rules):
        raise ValueError(f"expected the rules, got {type(answer).__name__}")
    return answer


class _Gradients(Question):
    """What the three questions about gradients share."""

    def _shares(self, answer: Any, op: str, out_grad: Any, a: Any, b: Any, settings: dict[str, Any]) -> tuple[Any, ...]:
        inputs = [tape.Tensor(value) for value in (a, b) if value is not None]
        node = getattr(tape, op)(**settings)(*inputs)
        arriving = tape.Tensor(out_grad)
        with tape.rules.replaced_by(_as_rules(answer)):
            shares = node.op.gradient(arriving, node)
        return arriving, inputs, tuple(shares) if isinstance(shares, tuple | list) else (shares,)

    def ask(self, answer: Any, op: str, out_grad: Any, a: Any, b: Any = None, **settings: Any) -> Any:
        """What goes back to each input, as arrays."""
        _, _, shares = self._shares(answer, op, out_grad, a, b, settings)
        return [np.asarray(getattr(share, "values", share), dtype=np.float64) for share in shares]

    def ask_links(self, answer: Any, op: str, out_grad: Any, a: Any, b: Any = None, **settings: Any) -> Any:
        """For each share, which of out_grad, a and b it was made of, as far as the engine can tell."""
        arriving, inputs, shares = self._shares(answer, op, out_grad, a, b, settings)
        named = {arriving: "out_grad", **dict(zip(inputs, "ab", strict=False))}
        return [sorted({named[node] for node in _made_of(share) if node in named}) for share in shares]


def _made_of(value: Any) -> set[Any]:
    """All tensors that a value was made of, itself included; none for what is no tensor."""
    found: set[Any] = set()
    waiting = [value] if isinstance(value, tape.Tensor) else []
    while waiting:
        tensor = waiting.pop()
        if tensor not in found:
            found.add(tensor)
            waiting += tensor.inputs
    return found


def _arrays(*values: Any) -> list[Array]:
    return [Array(np.array(value, dtype=np.float64), "numpy", "float64") for value in values]


class _Elementwise(_Gradients):
    label = "3A"
    title = "gradients, entry by entry"
    examples = [
        Example("EwiseAdd", _arrays([2.0, -3.0], [2.0, -3.0]), "If a grows by 0.1, by how much does a + b?",
                op="EwiseAdd", out_grad=[2.0, -3.0], a=[1.0, 2.0], b=[5.0, 7.0]),
        Example("EwiseMul", _arrays([10.0, -21.0], [2.0, -6.0]), "Which input multiplies a?",
                op="EwiseMul", out_grad=[2.0, -3.0], a=[1.0, 2.0], b=[5.0, 7.0]),
        Example("PowerScalar", _arrays([24.0, -3.0]), "Which power is left, and which factor comes down?",
                op="PowerScalar", out_grad=[2.0, -1.0], a=[2.0, 1.0], exponent=3),
        Example("ReLU", _arrays([2.0, 0.0]), "Where is the result flat?",
                op="ReLU", out_grad=[2.0, -3.0], a=[1.5, -2.0]),
        Example("Log", _arrays([1.0, -6.0]), "How steep is the logarithm at a?",
                op="Log", out_grad=[2.0, -3.0], a=[2.0, 0.5]),
        Example("Exp", _arrays([2.0, -4.0774]), "What is the derivative of exp?",
                op="Exp", out_grad=[2.0, -1.5], a=[0.0, 1.0]),
    ]  # fmt: skip


class _Shapes(_Gradients):
    label = "3A-shapes"
    title = "gradients of what changes shapes"
    examples = [
        Example("Summation", _arrays([[2.0, 2.0], [-3.0, -3.0]]), "Each entry of row 1 went into which sum?",
                op="Summation", out_grad=[2.0, -3.0], a=[[1.0, 4.0], [5.0, 7.0]], axes=(1,)),
        Example("BroadcastTo", _arrays([[3.0], [9.0]]), "How many copies were made of each entry?",
                op="BroadcastTo", out_grad=[[1.0, 2.0], [4.0, 5.0]], a=[[1.0], [4.0]], shape=(2, 2)),
        Example("Reshape", _arrays([1.0, 2.0, 3.0, 4.0]), "Which shape does the input have?",
                op="Reshape", out_grad=[[1.0, 2.0], [3.0, 4.0]], a=[5.0, 6.0, 7.0, 8.0], shape=(2, 2)),
        Example("Transpose", _arrays([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]), "How does one undo a transposition?",
                op="Transpose", out_grad=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], a=[[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]),
    ]  # fmt: skip


class _Product(_Gradients):
    label = "3A-matmul"
    title = "the gradient of a matrix product"
    examples = [
        Example("two matrices", _arrays([[1.0, -2.0]], [[3.0], [4.0]]), "Which product has the shape of a?",
                op="MatMul", out_grad=[[1.0]], a=[[3.0, 4.0]], b=[[1.0], [-2.0]]),
        Example("broadcast batches", _arrays([[[2.0]], [[-3.0]]], [[2.0]]),
                "b was used by every matrix of the batch. What follows for its gradient?",
                op="MatMul", out_grad=[[[1.0]], [[-1.5]]], a=[[[5.0]], [[2.0]]], b=[[2.0]]),
    ]  # fmt: skip


class _Order(Question):
    label = "3B"
    title = "the order of the nodes"

    def _nodes(self, graph: list[list[int]], weights: list[list[float]] | None = None) -> list[tape.Tensor]:
        """Tensors for a graph given as the inputs of every node; a node without inputs is a leaf."""
        nodes: list[tape.Tensor] = []
        for index, inputs in enumerate(graph):
            op = Blend(weights[index] if weights else [1.0] * len(inputs))
            nodes.append(op(*(nodes[i] for i in inputs)) if inputs else tape.Tensor(1.0))
        return nodes

    def ask(self, answer: Any, graph: list[list[int]], start: int) -> Any:
        """The order of all that one node was made of: numbers of nodes, -1 for something else."""
        nodes = self._nodes(graph)
        numbers = {id(node): number for number, node in enumerate(nodes)}
        return [numbers.get(id(node), -1) for node in answer(nodes[start])]

    def ask_adjoints(self, answer: Any, graph: list[list[int]], weights: list[list[float]]) -> Any:
        """The adjoints of the leaves that the engine finds when it follows this order."""
        nodes = self._nodes(graph, weights)
        with tape.rules.replaced_by(tape.Rules(order=answer)):
            found = tape.grad(nodes[-1], nodes)
        return [float(one.values) for one, inputs in zip(found, graph, strict=True) if not inputs]

    examples = [
        Example("nothing missing, nothing foreign", [0, 1], "Is the node itself in its list?",
                graph=[[], [0]], start=1),
        Example("inputs first", AnyOf([0, 1, 2], [1, 0, 2]), "Which nodes must be ready before this one?",
                graph=[[], [], [0, 1]], start=2),
        Example("each node once", [0, 1, 2], "How do you notice that a node has been visited?",
                graph=[[], [0, 0], [1, 1]], start=2),
        Example("repeated use adds up", [4.0], "b is used twice; a is, too. When may each of them pass on what it has?",
                ask="adjoints", graph=[[], [0, 0], [1, 1]], weights=[[], [1.0, 1.0], [1.0, 1.0]]),
    ]  # fmt: skip


class _Recursion(Question):
    label = "3B-recursion"
    title = "why plain recursion fails"
    loose = True
    examples = [Example("three numbers", Numbers(shape=(3,)), "fires, found, right")]


class _Twice(Question):
    label = "3B-twice"
    title = "calling backward twice"
    loose = True
    examples = [Example("three numbers", Numbers(shape=(3,)), "after the first call, the second, and the third")]


_ONE_LETTER = Where(
    lambda got: (
        (isinstance(got, str) and got.strip().upper() in {"A", "B", "C", "D"}) or 'Expected "A", "B", "C" or "D".'
    ),
    "one letter from A to D",
)


class _OutGrad(Question):
    label = "3C"
    title = "what out_grad is"
    examples = [Example("one letter", _ONE_LETTER)]


class _Returned(Question):
    label = "3D"
    title = "what MatMul's gradient returns"
    examples = [Example("one letter", _ONE_LETTER)]


class _SecondOrder(Question):
    label = "3E"
    title = "differentiating twice"

    def ask(self, answer: Any, which: str, x: float, cube: float, exp: float, raw: float) -> Any:
        """The first or the second derivative of cube*x^3 + exp*e^x + raw*x^3, the last term with a raw gradient."""

        def f(t: tape.Tensor) -> tape.Tensor:
            terms = [t**3 * cube] if cube else []
            terms += [t.exp() * exp] if exp else []
            terms += [RawCube()(t) * raw] if raw else []
            return sum(terms[1:], terms[0])

        first, second = answer(f, x)
        return float(
            np.asarray(getattr(first if which == "first" else second, "values", first if which == "first" else second))
        )

    examples = [
        Example("first derivative", 3.0, "What does grad return?", which="first", x=1.0, cube=1.0, exp=0.0, raw=0.0),
        Example("second derivative", 6.0, "Of which tensor is the second derivative a derivative?",
                which="second", x=1.0, cube=1.0, exp=0.0, raw=0.0),
    ]  # fmt: skip


check, judge = checks_for(__name__)
