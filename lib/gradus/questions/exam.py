"""What the exam asks: choices, sizes, shapes, matrices, adjoints and one bug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
import torch

from gradus.check import checks_for
from gradus.judging import AnyOf, Numbers, Observation, Where
from gradus.question import Example, Question

__all__ = ["ADJOINTS", "CONVNET_LAYERS", "MLP_LAYERS", "check", "judge"]

MLP_LAYERS = ("Linear1", "LayerNorm1", "ReLU", "Dropout", "Linear2", "CrossEntropy")
CONVNET_LAYERS = ("Conv1", "BN1", "ReLU1", "Conv2", "BN2", "ReLU2")
ADJOINTS = ("v7", "v6", "v5", "v4", "v3", "v2", "v1")


class _Choice(Question):
    """One letter. Subclasses say how many there are."""

    letters: ClassVar[str] = "ABCD"

    def ask(self, answer: Any) -> Any:
        """The letter, however it is written: "b", "B)", "(B)"."""
        return answer.strip().strip("().:").upper() if isinstance(answer, str) else answer

    def __init_subclass__(cls) -> None:
        letters = tuple(cls.letters)
        words = f"one letter from {letters[0]} to {letters[-1]}"
        cls.examples = [Example("the format", Where(lambda got: got in letters or f"Expected {words}.", words))]


class SaturatedSigmoid(_Choice):
    label, title = "3a", "large inputs of a sigmoid"


class ZeroOneLoss(_Choice):
    label, title = "3b", "training on the 0/1 loss"


class SquaredError(_Choice):
    label, title = "3c", "squared error for digits"


class LinearMaps(_Choice):
    label, title, letters = "3d", "linear maps and matrices", "ABC"


class LeakySlope(_Choice):
    """The answer is (letter, more_than_linear); the second is a bonus."""

    label, title = "3e", "a leaky ReLU"

    def ask(self, answer: Any) -> Any:
        return super().ask(answer[0] if isinstance(answer, tuple) else answer)

    def ask_bonus(self, answer: Any) -> Any:
        return bool(answer[1])


class AdamWithoutVariance(_Choice):
    label, title, letters = "6", "Adam without its second moment", "ABCDE"


class VarianceOfWeights(_Choice):
    label, title = "7a", "why the variance is 2/n"


class NoMitigation(_Choice):
    label, title = "7b", "what does not help"


class AllZero(_Choice):
    label, title = "7c", "all weights zero"


class HugeBiases(_Choice):
    label, title = "7d", "huge biases"


class FrozenNorm(_Choice):
    label, title = "8c", "batch normalisation in eval mode"


class DropoutBug(_Choice):
    label, title = "9a", "the bug"


class WorstDropout(_Choice):
    label, title = "9b", "the worst place for dropout"


class WhyDropout(_Choice):
    label, title = "9c", "what dropout is for"


class YoloStrength(_Choice):
    label, title = "11e", "the strength of YOLO"


class Invariance(_Choice):
    label, title = "11f", "what a convolutional network is invariant to"


class OutGrad(_Choice):
    label, title = "12a", "out_grad"


class RawArrays(_Choice):
    label, title = "12b", "a gradient on raw arrays"


class MatMulGradient(_Choice):
    label, title = "12c", "the gradient of a matrix product"


class YoloPasses(Question):
    label, title = "11d", "how many passes"
    examples = [Example("the format", AnyOf(True, False), "Is it True or False?")]


def _entry(answer: Any, names: Sequence[str], name: str) -> Any:
    """One entry of a dictionary, or of a list in the order of the names; ValueError where it is not there."""
    if isinstance(answer, (list, tuple)) and len(answer) == len(names):
        return answer[names.index(name)]
    if not isinstance(answer, Mapping):
        raise ValueError(f"expected a dictionary with the keys {', '.join(names)}, got {type(answer).__name__}")
    if name not in answer:
        raise ValueError(f"the dictionary has no entry {name!r}")
    return answer[name]


def _is_number(got: Observation) -> bool | str:
    return (isinstance(got, int) and not isinstance(got, bool)) or "Expected a whole number."


_WHOLE = Where(_is_number, "a whole number")


class _Counts(Question):
    """Numbers of parameters, by layer."""

    layers: ClassVar[Sequence[str]] = ()
    loose = True

    def ask(self, answer: Any, entry: str) -> Any:
        value = _entry(answer, self.layers, entry)
        return int(value) if not isinstance(value, bool) and value == int(value) else value


class ParametersOfMlp(_Counts):
    label, title, layers = "4a", "parameters of the perceptron", MLP_LAYERS
    examples = [Example(layer, _WHOLE, "How many numbers does this layer learn?", entry=layer) for layer in MLP_LAYERS]


class ParametersOfConvNet(_Counts):
    label, title, layers = "11a", "parameters of the convolutional network", CONVNET_LAYERS
    examples = [Example(layer, _WHOLE, "How many numbers does it learn?", entry=layer) for layer in CONVNET_LAYERS]


def _is_shape(got: Observation) -> bool | str:
    if not isinstance(got, tuple):
        return 'Expected a tuple, such as ("B", 10) or ().'
    right = all((isinstance(n, int) and not isinstance(n, bool)) or n == "B" for n in got)
    return right or 'Expected whole numbers, and "B" for the batch size.'


_SHAPE = Where(_is_shape, "a shape")


def _shape(value: Any) -> Any:
    """A shape as a tuple: "B" for the batch size in whatever way it is written, whole numbers as int."""
    if isinstance(value, (list, tuple)):
        return tuple(_side(side) for side in value)
    return value


def _side(side: Any) -> Any:
    if str(side).strip().upper() == "B":  # a text, or a SymPy symbol
        return "B"
    try:
        return int(side) if int(side) == side else side
    except (TypeError, ValueError):
        return side


class _Shapes(Question):
    layers: ClassVar[Sequence[str]] = ()

    def ask(self, answer: Any, entry: str) -> Any:
        return _shape(_entry(answer, self.layers, entry))


class ShapesOfMlp(_Shapes):
    label, title, layers = "4b", "shapes in the perceptron", ("z1", "z2", "z3", "z4", "z5")
    examples = [Example(name, _SHAPE, "Is it a tuple, with \"B\" for the batch size?", entry=name)
                for name in ("z1", "z2", "z3", "z4", "z5")]  # fmt: skip


class ShapesOfConvNet(_Shapes):
    label, title, layers = "11b", "shapes in the convolutional network", CONVNET_LAYERS
    examples = [Example(layer, _SHAPE, "Batch, channels, rows, columns?", entry=layer) for layer in CONVNET_LAYERS]


_SIGNS = {
    "+": {"+", "add", "plus", "sum", "addition"},
    "-": {"-", "−", "–", "sub", "minus", "subtract", "subtraction", "difference"},
    "*": {"*", "×", "·", "x", "mul", "times", "multiply", "product", "multiplication"},
    "square": {"square", "^2", "**2", "²", "squared", "pow2", "power 2", "x^2", "x**2", "( )^2"},
}
BLANKS = "abcde"


class Blanks(Question):
    label, title = "5a", "the graph's operations"

    def ask(self, answer: Any, blank: str) -> Any:
        """What stands in a blank: one of the signs, or the student's own words."""
        said = str(_entry(answer, BLANKS, blank)).strip().lower()
        return next((sign for sign, names in _SIGNS.items() if said in names), said)

    examples = [Example(f"({blank})", Where(lambda got: got in _SIGNS or 'Expected "+", "-", "*" or "square".',
                                            "an operation"), blank=blank) for blank in BLANKS]  # fmt: skip


def values(x: Any, W: Any, y: Any) -> list[np.ndarray]:
    """v1 to v6 of section 5: x, W, y, v1 @ v2, exp(v4), v4 + v5."""
    v4 = x @ W
    return [x, W, y, v4, np.exp(v4), v4 + np.exp(v4)]


_SMALL = {"x": np.array([[1.0, -2.0]]), "W": np.ones((2, 3)), "y": np.array([[1.0, 0.0, 2.0]])}


class Adjoints(Question):
    label, title = "5b", "adjoints as formulas"

    def ask(self, answer: Any, of: str, x: Any, W: Any, y: Any) -> Any:
        found = _entry(answer(*values(np.asarray(x), np.asarray(W), np.asarray(y))), ADJOINTS, of)
        if isinstance(found, torch.Tensor):
            found = found.detach().numpy()
        return float(found) if of == "v7" else np.array(found, dtype=float)

    examples = [
        Example(of, Numbers(shape), "Which shape has an adjoint?", of=of, **_SMALL)
        for of, shape in zip(ADJOINTS, [(), (1, 3), (1, 3), (1, 3), (1, 3), (2, 3), (1, 2)], strict=True)
    ]  # fmt: skip


class AdjointsAsNumbers(Question):
    label, title = "5c", "adjoints as numbers"
    loose = True

    def ask(self, answer: Any, of: str) -> Any:
        return _entry(answer, ADJOINTS[1:], of)

    examples = [
        Example(of, Numbers(shape), "Is it written as a matrix, with two pairs of brackets?", of=of)
        for of, shape in zip(ADJOINTS[1:], [(1, 4), (1, 4), (1, 4), (1, 4), (2, 4), (1, 2)], strict=True)
    ]  # fmt: skip


class _Matrix(Question):
    loose = True


class LayerNorm(_Matrix):
    label, title = "8a", "layer normalisation"
    examples = [Example("the format", Numbers((2, 2)), "Two rows of two numbers?")]


class BatchNorm(_Matrix):
    label, title = "8b", "batch normalisation"
    examples = [Example("the format", Numbers((2, 3)), "Two rows of three numbers?")]


class DropoutFixed(Question):
    label, title = "9a-code", "dropout, mended"

    def ask(self, answer: Any, x: Any, p: float, training: bool) -> Any:
        """Twice, since chance is at work: two outputs."""
        x = torch.tensor(x)
        return [answer(x.clone(), p, training).detach(), answer(x.clone(), p, training).detach()]

    def ask_once(self, answer: Any, x: Any, p: float, training: bool) -> Any:
        return answer(torch.tensor(x), p, training)

    examples = [
        Example("eval changes nothing", torch.tensor([1.0, -2.0]), "What should a finished network drop?", ask="once",
                x=np.array([1.0, -2.0], dtype=np.float32), p=0.5, training=False),
        Example("p = 1", torch.zeros(2), "What is 0 / 0?", ask="once",
                x=np.array([1.0, -2.0], dtype=np.float32), p=1.0, training=True),
    ]  # fmt: skip


def _sides(answer: Any) -> Any:
    """A single size stands for both sides of a square."""
    is_number = isinstance(answer, (int, float, np.number)) and not isinstance(answer, bool)
    return (answer, answer) if is_number else answer


class SizeWithStride(Question):
    label, title = "10a", "the size"
    loose = True

    def ask(self, answer: Any) -> Any:
        return _sides(answer)

    examples = [Example("the format", Numbers((2,), whole=True), "Rows and columns, as whole numbers?")]


class ConvolutionByHand(_Matrix):
    label, title = "10b", "the convolution"
    examples = [Example("the format", Numbers((4, 4), whole=True), "How large is the output?")]


class MaxByHand(_Matrix):
    label, title = "10c", "maximum pooling"
    examples = [Example("the format", Numbers((2, 2), whole=True), "How many windows are there?")]


class Head(Question):
    """The answer is (pool_kernel, in_features, out_features)."""

    label, title = "11c", "from pictures to classes"

    def ask(self, answer: Any, entry: str) -> Any:
        names = ("pool_kernel", "in_features", "out_features")
        value = _entry(answer, names, entry)
        if isinstance(value, (tuple, list)) and len(value) == 2:  # (H6, W6) says the same as H6
            value = value[0]
        return str(value).replace("_", "").replace(" ", "").upper()

    examples = [Example(entry, Where(lambda got: bool(got) or "Expected a name or a number.", "a name, such as \"C6\""),
                        entry=entry) for entry in ("pool_kernel", "in_features", "out_features")]  # fmt: skip


check, judge = checks_for(__name__)
