"""What conv_pool_by_hand asks: windows moved over an image by hand, in NumPy, and backwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from gradus.calls import calls_of, done_by_library
from gradus.check import checks_for
from gradus.judging import Numbers, Tolerance, Where
from gradus.question import Example, Question

__all__ = ["check", "judge"]

_CLOSE = Tolerance(1e-6, 1e-8)


def _array(value: Any) -> np.ndarray:
    """What a function returned, as float64; TypeError where it is no array of numbers."""
    if value is None:
        raise TypeError("the function returned None, expected an array")
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    return np.array(value, dtype=float)


def _complaints(call: Callable[..., Any], sizes: Any) -> list[str]:
    """What `call` does with each row of sizes: the name of the error that it raises, or what it returned."""
    said = []
    for row in sizes:
        try:
            value = call(*(int(n) for n in row))
        except NotImplementedError:
            raise
        except Exception as error:
            said.append(type(error).__name__)
        else:
            said.append(f"returned {value!r:.30}" if np.ndim(value) == 0 else "returned an array")
    return said


def _sides(answer: Any) -> Any:
    """A single size stands for both sides of a square."""
    is_number = isinstance(answer, (int, float, np.number)) and not isinstance(answer, bool)
    return (answer, answer) if is_number else answer


class SizeOfC(Question):
    label = "1A"
    title = "the size of C"
    loose = True

    def ask(self, answer: Any) -> Any:
        return _sides(answer)

    examples = [Example("the format", Numbers((2,), whole=True), "How many rows, how many columns?")]


class OutputSize(Question):
    label = "1B"
    title = "the size of any output"
    loose = True

    def ask(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (i, k, s, p)."""
        return [answer(*(int(n) for n in row)) for row in sizes]

    def ask_dilation(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (i, k, s, p, d)."""
        return [answer(*(int(n) for n in row)) for row in sizes]

    def ask_errors(self, answer: Any, sizes: Any) -> Any:
        return _complaints(answer, sizes)

    examples = [
        Example("stride 1", [3], "How many places are there for the window's left edge?", sizes=[[5, 3, 1, 0]]),
        Example("stride and padding", [6, 4], "What happens to what is left over at the right edge?",
                sizes=[[10, 3, 2, 2], [8, 2, 2, 0]]),
        Example("does not fit", ["ValueError"], "Can the window lie on the image at all?", ask="errors",
                sizes=[[3, 5, 1, 0]]),
    ]  # fmt: skip


class TypedC(Question):
    label = "1C"
    title = "C by hand"
    loose = True
    examples = [Example("the format", Numbers((3, 3), whole=True), "One number for every place of the window?")]


class Convolution(Question):
    label = "1C-code"
    title = "convolution as code"
    tolerance = _CLOSE

    def ask(self, answer: Any, image: Any, kernel: Any, stride: int = 1, padding: int = 0) -> Any:
        return _array(answer(image.copy(), kernel.copy(), stride, padding))

    def ask_many(self, answer: Any, images: Any, kernels: Any, strides: Any, paddings: Any) -> Any:
        """Many images and kernels, each with its stride and padding."""
        return [self.ask(answer, *one) for one in zip(images, kernels, strides, paddings, strict=True)]

    def ask_dilated(self, answer: Any, images: Any, kernels: Any, strides: Any, paddings: Any, dilations: Any) -> Any:
        settings = zip(images, kernels, strides, paddings, dilations, strict=True)
        return [_array(answer(image.copy(), kernel.copy(), s, p, d)) for image, kernel, s, p, d in settings]

    def ask_errors(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (image height, image width, kernel height, kernel width, stride, padding)."""

        def call(h: int, w: int, k: int, m: int, s: int, p: int) -> Any:
            return answer(np.ones((h, w)), np.ones((k, m)), s, p)

        return _complaints(call, sizes)

    def ask_unchanged(self, answer: Any, image: Any, kernel: Any, padding: int) -> str:
        """Are image and kernel afterwards as they were?"""
        x, k = image.copy(), kernel.copy()
        answer(x, k, 1, padding)
        return "unchanged" if np.array_equal(x, image) and np.array_equal(k, kernel) else "changed"

    def ask_library(self, answer: Any, image: Any, kernel: Any) -> list[str]:
        """Who else did the work."""
        return done_by_library(calls_of(lambda: answer(image, kernel, 1, 1)))

    examples = [
        Example("cross-correlation", np.array([[-4.0, -4.0], [-4.0, -4.0]]),
                "Does the kernel lie on the window just as it is written?",
                image=np.arange(9.0).reshape(3, 3), kernel=np.array([[1.0, 0.0], [0.0, -1.0]])),
        Example("padding", np.array([[0.0, 1.0, 1.0], [3.0, 8.0, 5.0], [3.0, 7.0, 4.0]]),
                "Are there zeros on all four sides?",
                image=np.array([[0.0, 1.0], [3.0, 4.0]]), kernel=np.ones((2, 2)), padding=1),
        Example("stride", np.array([[7.0, 11.0, 15.0], [31.0, 35.0, 39.0]]),
                "How far does the window move, to the right and down?",
                image=np.arange(30.0).reshape(5, 6), kernel=np.eye(2), stride=2),
        Example("channels", np.array([[[12.0]], [[4.0]]]), "Over which axes is summed, and which one stays?",
                image=np.array([[[1.0, 2.0]], [[4.0, 5.0]]]),
                kernel=np.array([[[[1.0, 1.0]], [[1.0, 1.0]]], [[[0.0, 0.0]], [[1.0, 0.0]]]])),
        Example("sizes that do not fit", ["ValueError"], "What is the output's size, by your formula of 1B?",
                ask="errors", sizes=[[2, 2, 3, 3, 1, 0]]),
    ]  # fmt: skip


class TypedGradient(Question):
    label = "1D"
    title = "the gradient by hand"
    loose = True
    examples = [Example("the format", Numbers((5, 5), whole=True), "One number for every pixel of A?")]


class InputGradient(Question):
    label = "1D-code"
    title = "the gradient as code"
    tolerance = _CLOSE

    def ask(
        self, answer: Any, grad_out: Any, kernel: Any, stride: int = 1, padding: int = 0, input_shape: Any = (0, 0)
    ) -> Any:
        return _array(answer(grad_out.copy(), kernel.copy(), stride, padding, tuple(int(n) for n in input_shape)))

    def ask_many(self, answer: Any, grads: Any, kernels: Any, strides: Any, paddings: Any, shapes: Any) -> Any:
        return [self.ask(answer, *one) for one in zip(grads, kernels, strides, paddings, shapes, strict=True)]

    def ask_errors(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (gradient's height and width, kernel side, stride, padding, image height, image width)."""

        def call(g: int, f: int, k: int, s: int, p: int, h: int, w: int) -> Any:
            return answer(np.ones((g, f)), np.ones((k, k)), s, p, (h, w))

        return _complaints(call, sizes)

    def ask_library(self, answer: Any, grad_out: Any, kernel: Any, input_shape: Any) -> list[str]:
        return done_by_library(calls_of(lambda: self.ask(answer, grad_out, kernel, 1, 1, input_shape)))

    examples = [
        Example("overlaps add up", np.array([[1.0, 12.0, 20.0], [3.0, 34.0, 40.0]]),
                "Which outputs does the middle pixel feed?",
                grad_out=np.array([[1.0, 10.0]]), kernel=np.array([[1.0, 2.0], [3.0, 4.0]]), input_shape=(2, 3)),
        Example("stride", np.array([[1.0, 2.0, 10.0, 20.0, 0.0], [3.0, 4.0, 30.0, 40.0, 0.0]]),
                "Is there a pixel that no window reaches?", stride=2,
                grad_out=np.array([[1.0, 10.0]]), kernel=np.array([[1.0, 2.0], [3.0, 4.0]]), input_shape=(2, 5)),
    ]  # fmt: skip


class PoolingModules(Question):
    label = "2A"
    title = "pooling in torch.nn"

    def ask(self, answer: Any) -> Any:
        """The names, however they are given: texts, classes or modules, with or without "nn."."""
        if isinstance(answer, (str, type, torch.nn.Module)):
            answer = [answer]
        return sorted({_module_name(one) for one in answer})

    examples = [
        Example("the format", Where(lambda got: _are_names(got), "a set of names, such as {'Conv2d', 'ReLU'}"),
                "Are they written as in torch.nn, capitals included?"),
    ]  # fmt: skip


def _module_name(one: Any) -> str:
    if isinstance(one, torch.nn.Module):
        one = type(one)
    if isinstance(one, type):
        return one.__name__
    return str(one).strip().rpartition(".")[2].removesuffix("()")


def _are_names(got: Any) -> bool | str:
    if not isinstance(got, list) or not got:
        return "Expected a set of names."
    unknown = [name for name in got if not hasattr(torch.nn, str(name))]
    return f"torch.nn has no {', '.join(map(str, unknown[:3]))}." if unknown else True


class Pooling(Question):
    """The answer is the triple (max_pool, avg_pool, lp_pool)."""

    label = "2B"
    title = "pooling from the definition"
    tolerance = _CLOSE

    def ask_maximum(self, answer: Any, image: Any, size: int, stride: int, padding: int = 0) -> Any:
        return _array(answer[0](image.copy(), size, stride, padding))

    def ask_average(self, answer: Any, image: Any, size: int, stride: int, padding: int = 0) -> Any:
        return _array(answer[1](image.copy(), size, stride, padding))

    def ask_lp(self, answer: Any, image: Any, p: float, size: int, stride: int, padding: int = 0) -> Any:
        return _array(answer[2](image.copy(), p, size, stride, padding))

    def ask_maxima(self, answer: Any, images: Any, settings: Any) -> Any:
        """settings: rows of (size, stride, padding), one an image."""
        return [self.ask_maximum(answer, x, *map(int, row)) for x, row in zip(images, settings, strict=True)]

    def ask_averages(self, answer: Any, images: Any, settings: Any) -> Any:
        return [self.ask_average(answer, x, *map(int, row)) for x, row in zip(images, settings, strict=True)]

    def ask_lps(self, answer: Any, images: Any, ps: Any, settings: Any) -> Any:
        return [
            self.ask_lp(answer, x, p, *map(int, row)) for x, p, row in zip(images, ps, settings, strict=True)
        ]  # fmt: skip

    def ask_errors(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (which of the three, image side, size, stride, padding)."""

        def call(which: int, side: int, size: int, stride: int, padding: int) -> Any:
            p = [2.0] if which == 2 else []
            return answer[which](np.ones((side, side)), *p, size, stride, padding)

        return _complaints(call, sizes)

    def ask_library(self, answer: Any, image: Any) -> list[str]:
        def work() -> None:
            for function, p in zip(answer, ([], [], [2.0]), strict=True):
                function(image.copy(), *p, 2, 1, 0)

        return done_by_library(calls_of(work))

    examples = [
        Example("maximum", np.array([[-1.0, 4.0]]), "What is the largest entry of the left window?", ask="maximum",
                image=np.array([[-1.0, -2.0, 0.0, 4.0], [-3.0, -4.0, 1.0, 3.0]]), size=2, stride=2),
        Example("maximum", np.array([[-5.0]]), "Is a padded cell in the set S?", ask="maximum",
                image=np.array([[-5.0]]), size=2, stride=2, padding=1),
        Example("average", np.array([[-2.5, 2.0]]), "By what is the sum divided?", ask="average",
                image=np.array([[-1.0, -2.0, 0.0, 4.0], [-3.0, -4.0, 1.0, 3.0]]), size=2, stride=2),
        Example("average", np.array([[6.0]]), "How many cells has the set S here?", ask="average",
                image=np.array([[6.0]]), size=2, stride=2, padding=1),
        Example("Lp", np.array([[5.0]]), "Sum the powers, then take the root: is anything divided?", ask="lp",
                image=np.array([[3.0, 0.0], [0.0, -4.0]]), p=2.0, size=2, stride=1),
    ]  # fmt: skip


class MaxOfC(Question):
    label = "2C"
    title = "maximum pooling by hand"
    loose = True
    examples = [Example("the format", Numbers((2, 2), whole=True), "How many windows of size 2 has C?")]


class FromLp(Question):
    """The answer is (p_for_max, p_for_average, factor, counterexample)."""

    label = "2D"
    title = "maximum and average out of Lp"
    loose = True

    def ask_maximum(self, answer: Any) -> Any:
        return _power(answer[0])

    def ask_average(self, answer: Any) -> Any:
        return _power(answer[1])

    def ask_factor(self, answer: Any, counts: Any) -> Any:
        """The factor for windows of n cells."""
        return [answer[2](int(n)) for n in counts]

    def ask_window(self, answer: Any) -> Any:
        return answer[3]

    examples = [
        Example("counterexample", Numbers((2, 2)), "Is it a window of 2 × 2 numbers?", ask="window"),
        Example("factor", Numbers((2,)), "Does factor(n) return a number for windows of n cells?", ask="factor",
                counts=[4, 9]),
    ]  # fmt: skip


def _power(value: Any) -> Any:
    """A power p as a float; "inf" and SymPy's oo are infinity."""
    if isinstance(value, str):
        value = {"∞": "inf", "oo": "inf", "infinity": "inf"}.get(value.strip().lower(), value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


class SizeWithStride(Question):
    label = "3A"
    title = "size with padding and stride"
    loose = True

    def ask(self, answer: Any) -> Any:
        return _sides(answer)

    examples = [Example("the format", Numbers((2,), whole=True), "Rows and columns, as whole numbers?")]


class ConvolutionByHand(Question):
    label = "3B"
    title = "convolution with padding by hand"
    loose = True
    examples = [Example("the format", Numbers((4, 4), whole=True), "How large is the output, by 1B?")]


class MaxByHand(Question):
    label = "3C"
    title = "maximum pooling with stride by hand"
    loose = True
    examples = [Example("the format", Numbers((2, 2), whole=True), "How many windows are there?")]


class ShapeOfALayer(Question):
    label = "4A"
    title = "the shape of a layer's output"
    loose = True
    examples = [Example("the format", Numbers((3,), whole=True), "Channels, rows and columns, as PyTorch orders them?")]


class MinPool(Question):
    label = "4B"
    title = "minimum through maximum"

    def ask(self, answer: Any, x: Any, size: int, stride: int) -> Any:
        return answer(torch.tensor(x), size, stride)

    def ask_calls(self, answer: Any, x: Any, size: int, stride: int) -> str:
        """Did a maximum pooling run?"""
        names = [name.lower() for _, name in calls_of(lambda: answer(torch.tensor(x), size, stride))]
        known = ("max_pool", "maxpool")
        return "max_pool" if any(word in name for name in names for word in known) else "no maximum pooling"

    examples = [
        Example("the minimum", torch.tensor([[[[1.0, -2.0]]]]), "What does a minus sign do to the order of numbers?",
                x=np.array([[[[1.0, 2.0, 5.0, -2.0], [4.0, 3.0, 0.0, 7.0]]]], dtype=np.float32), size=2, stride=2),
    ]  # fmt: skip


class Comparisons(Question):
    label = "4C"
    title = "what a pooling layer costs"
    loose = True

    def ask(self, answer: Any, sizes: Any) -> Any:
        """sizes: rows of (c, h, w, p_h, p_w, s_h, s_w)."""
        return [answer(*(int(n) for n in row)) for row in sizes]

    examples = [
        Example("comparisons", [108], "How many windows are there, and how many comparisons does one need?",
                sizes=[[1, 8, 8, 2, 2, 2, 2]]),
    ]  # fmt: skip


check, judge = checks_for(__name__)
