"""The key to conv_pool_by_hand: the code. What is typed by hand comes last."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from torch.nn import functional as F

from gradus.judging import Observation, Raised, Where, as_numbers
from gradus.numbers.windows import correlate, pool_maxima
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key import conv_pool_draws as draw
from gradus_staff.key import conv_pool_mistakes as wrong
from gradus_staff.key import conv_pool_typed as typed
from gradus_staff.key.conv_pool_models import avg_pool, conv2d, conv2d_input_gradient, lp_pool, max_pool, output_size
from gradus_staff.personal_key import PersonalKey

BY_LIBRARY = "A library moves the window here; the question asks for your own sums, in NumPy."


def _nothing_borrowed(got: Observation) -> bool | str:
    """What the kernel saw running: an empty list where the student's code did the work itself."""
    if got == []:
        return True
    if isinstance(got, list) and got and all(isinstance(name, str) for name in got):
        return f"While your function ran, it called {', '.join(got)}. Here your own code is to sum every window."
    return "It could not be seen what the function calls."


OWN_WORK = Where(_nothing_borrowed, "no convolution or pooling of a library's")


def _complains(got: Observation) -> bool | str:
    if not isinstance(got, list) or not got:
        return "It could not be seen what happens with sizes that do not fit."
    wrong = [one for one in got if one != "ValueError"]
    return not wrong or f"{len(wrong)} of {len(got)} sizes that do not fit raise no ValueError."


COMPLAINS = Where(_complains, "a ValueError for every one")


class _Code(Key):
    """What the keys to code have in common."""

    def expect(self, case: Case) -> Observation:
        if case.how == "library":
            return OWN_WORK
        if case.how == "errors":
            return COMPLAINS
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "library" and isinstance(got, list) and got:
            return BY_LIBRARY
        if case.how == "errors" and isinstance(got, list):
            said = [one for one in got if isinstance(one, str) and one != "ValueError"]
            if any(one.startswith("returned") for one in said):
                return "Sizes that do not fit give a result; they should raise a ValueError."
            if said:
                return f"Sizes that do not fit raise {said[0]}; a ValueError says what is wrong."
        return None


class OutputSize(_Code):
    label = "1B"
    criteria = {"stride 1": 1, "stride and padding": 2, "does not fit": 1}
    bonus = {"dilation": 1}
    answer = staticmethod(output_size)
    misconceptions = wrong.WRONG_SIZES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        def rows_of(count: int) -> list[list[int]]:
            i, k = rng.integers(6, 90, count), rng.integers(1, 7, count)
            return np.stack([i, k, rng.integers(1, 6, count), rng.integers(0, 5, count)], axis=1).tolist()

        rows = rows_of(100)
        yield Case("stride 1", sizes=[[i, k, 1, 0] for i, k, _, _ in rows] + [[7, 7, 1, 0], [1, 1, 1, 0]])
        yield Case("stride and padding", sizes=[*rows_of(200), [10, 3, 2, 0], [10, 3, 4, 1], [2, 6, 3, 2]])
        fits_not = [[i, i + 2 * p + int(rng.integers(1, 4)), s, p] for i, _, s, p in rows_of(10)]
        yield Case("does not fit", how="errors", sizes=[*fits_not, [3, 4, 1, 0]])
        yield Case("does not fit", how="errors", sizes=[[8, 3, 0, 1], [8, 3, -1, 0], [8, 3, 1, -1], [8, 0, 1, 0]])
        dilated = [[*row, int(rng.integers(2, 5))] for row in rows_of(100) if row[0] + 2 * row[3] > 4 * row[1]]
        yield Case("dilation", how="dilation", sizes=[*dilated, [32, 3, 2, 1, 2]])


class Convolution(_Code):
    label = "1C-code"
    criteria = {
        "cross-correlation": 1, "padding": 0.75, "stride": 0.75, "channels": 0.5, "sizes that do not fit": 0.5,
        "done by hand": 0.5,
    }  # fmt: skip
    bonus = {"dilation": 0.5}
    answer = staticmethod(conv2d)
    misconceptions = wrong.WRONG_CONVOLUTIONS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            yield Case("cross-correlation", how="many", **draw.convolutions(rng, (1, 1), (0, 0)))
        image = rng.integers(0, 9, (5, 6))
        yield Case("cross-correlation", image=image, kernel=rng.normal(size=(2, 3)))
        yield Case(
            "cross-correlation", how="unchanged", image=rng.normal(size=(4, 4)), kernel=np.ones((2, 2)), padding=1
        )
        for _ in range(3):
            yield Case("padding", how="many", **draw.unflippable(draw.convolutions(rng, (1, 1), (1, 3))))
            yield Case("stride", how="many", **draw.unflippable(draw.convolutions(rng, (2, 4), (0, 2))))
        yield Case("stride", how="many", **draw.unflippable(draw.convolutions(rng, (2, 3), (0, 0))))
        for _ in range(2):
            yield Case("channels", how="many", **draw.with_channels(rng))
        h, w = (int(n) for n in rng.integers(3, 6, 2))
        sizes = [[h, w, h + 1, 2, 1, 0], [h, w, 2, w + 1, 1, 0], [h, w, h + 4, 3, 2, 1]]
        yield Case("sizes that do not fit", how="errors", sizes=sizes)
        yield Case("sizes that do not fit", how="errors", sizes=[[6, 6, 3, 3, 0, 0], [6, 6, 3, 3, 1, -1]])
        yield Case("done by hand", how="library", image=rng.normal(size=(6, 5)), kernel=rng.normal(size=(3, 2)))
        drawn = draw.unflippable(draw.convolutions(rng, (1, 2), (2, 3)))
        drawn["images"] = [np.pad(x, 4, mode="reflect") for x in (rng.normal(size=(5, 6)) for _ in drawn["images"])]
        yield Case("dilation", how="dilated", **drawn, dilations=[int(d) for d in rng.integers(2, 4, draw.COUNTS)])


class InputGradient(_Code):
    label = "1D-code"
    criteria = {
        "overlaps add up": 1,
        "stride": 0.75,
        "padding": 0.5,
        "sizes that do not fit": 0.25,
        "done by hand": 0.5,
    }
    answer = staticmethod(conv2d_input_gradient)
    misconceptions = wrong.WRONG_GRADIENTS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            yield Case("overlaps add up", how="many", **draw.backward(rng, (1, 1), (0, 0)))
        for _ in range(3):
            yield Case("stride", how="many", **draw.backward(rng, (2, 4), (0, 0)))
        for strides in ((1, 1), (2, 3)):
            yield Case("padding", how="many", **draw.backward(rng, strides, (1, 1)))
        yield Case("sizes that do not fit", how="errors", sizes=[[3, 3, 3, 1, 0, 6, 5], [3, 4, 3, 1, 0, 5, 5]])
        yield Case("sizes that do not fit", how="errors", sizes=[[2, 2, 3, 1, 1, 4, 4], [3, 3, 2, 2, 0, 5, 5]])
        grad, kernel = rng.normal(size=(5, 6)), rng.normal(size=(3, 3))
        yield Case("done by hand", how="library", grad_out=grad, kernel=kernel, input_shape=[5, 6])


NAMES = {
    "maximum and average": {"MaxPool2d", "AvgPool2d"},
    "adaptive": {"AdaptiveMaxPool2d", "AdaptiveAvgPool2d"},
    "fractional and Lp": {"FractionalMaxPool2d", "LPPool2d"},
}
ALL_NAMES = {name for group in NAMES.values() for name in group}


def _holds(criterion: str, got: Observation) -> bool | str:
    if not isinstance(got, list) or not all(isinstance(name, str) for name in got):
        return "Expected a set of names."
    if criterion in NAMES:
        missing = NAMES[criterion] - set(got)
        return not missing or f"{len(missing)} of {len(NAMES[criterion])} names are missing."
    strangers = set(got) - ALL_NAMES - {"MaxUnpool2d"}
    if not ALL_NAMES & set(got):
        return "None of the names is one of a 2-D pooling module."
    return not strangers or f"{', '.join(sorted(strangers))[:100]}: no 2-D pooling module of torch.nn."


class PoolingModules(Key):
    label = "2A"
    criteria = {"maximum and average": 1, "adaptive": 0.75, "fractional and Lp": 0.75, "nothing else": 0.5}
    answer = sorted(ALL_NAMES)
    misconceptions = {
        "The modules for signals (1d) or volumes (3d) are named; for images it is 2d.": Misconception(
            sorted(name.replace("2d", "1d") for name in ALL_NAMES)
        ),
        "The adaptive modules, which are given the output's size, are missing.": Misconception(
            sorted(ALL_NAMES - NAMES["adaptive"]), "Which modules take an output_size?"
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion)

    def expect(self, case: Case) -> Observation:
        return Where(lambda got: _holds(case.criterion, got), "names of torch.nn's 2-D pooling modules")


class Pooling(_Code):
    label = "2B"
    criteria = {"maximum": 2, "average": 1.5, "Lp": 1.5, "sizes that do not fit": 0.5, "done by hand": 0.5}
    bonus = {"Lp for large p": 0.5}
    answer = (max_pool, avg_pool, lp_pool)
    misconceptions = wrong.WRONG_POOLING

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            images, settings = draw.poolings(rng)
            yield Case("maximum", how="maxima", images=images, settings=settings)
            images, settings = draw.poolings(rng)
            yield Case("average", how="averages", images=images, settings=settings)
            images, settings = draw.poolings(rng)
            ps = [float(p) for p in rng.choice([1.0, 1.5, 2.0, 3.0, 4.0, 5.0], draw.COUNTS)]
            yield Case("Lp", how="lps", images=images, ps=ps, settings=settings)
        for which in (0, 1, 2):
            sizes = [[which, 3, 4, 1, 0], [which, 6, 2, 1, 2], [which, 6, 3, 0, 1], [which, 6, 3, 1, -1]]
            yield Case("sizes that do not fit", how="errors", sizes=sizes)
        yield Case("done by hand", how="library", image=rng.normal(size=(4, 5)))
        large = rng.normal(size=(5, 5)) * 40
        for p in (400.0, math.inf):
            yield Case("Lp for large p", how="lp", image=large, p=p, size=3, stride=1, padding=1)


def _window(got: Observation) -> np.ndarray | None:
    try:
        numbers = as_numbers(got)
    except ValueError:
        return None
    return numbers.real if numbers.size == 4 and np.all(np.isfinite(numbers)) else None


def _breaks_average(got: Observation) -> bool | str:
    x = _window(got)
    if x is None:
        return "Expected a window of 2 x 2 numbers."
    return bool(not np.isclose(np.abs(x).mean(), x.mean())) or "On this window, the recipe gives the right average."


def _breaks_maximum(got: Observation) -> bool | str:
    x = _window(got)
    if x is None:
        return "Expected a window of 2 x 2 numbers."
    return bool(not np.isclose(np.abs(x).max(), x.max())) or "On this window, the recipe gives the right maximum."


class FromLp(Key):
    label = "2D"
    criteria = {
        "p for the maximum": 1, "p for the average": 1, "the factor": 1, "breaks the average": 1,
        "breaks the maximum": 1,
    }  # fmt: skip
    answer = (math.inf, 1, lambda n: 1 / n, wrong.RIGHT_WINDOW)
    misconceptions = wrong.WRONG_RECIPES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("p for the maximum", how="maximum")
        yield Case("p for the average", how="average")
        yield Case("the factor", how="factor", counts=[4, 6, 9, int(rng.integers(10, 40))])
        yield Case("breaks the average", how="window")
        yield Case("breaks the maximum", how="window")

    def expect(self, case: Case) -> Observation:
        if case.criterion == "breaks the average":
            return Where(_breaks_average, "a window on which the recipe for the average fails")
        if case.criterion == "breaks the maximum":
            return Where(_breaks_maximum, "a window on which the recipe for the maximum fails")
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "factor" and isinstance(got, Raised) and "callable" in got.message:
            return "The factor depends on the window: it is a function of the number of its cells."
        x = _window(got) if case.how == "window" else None
        if x is None:
            return None
        if (x >= 0).all():
            return "The window has no negative entry; for those the recipe is right."
        if case.criterion == "breaks the maximum":
            return "The window has a negative entry, but a positive one is larger: there the maximum is still right."
        return None


class MinPool(Key):
    label = "4B"
    criteria = {"the minimum": 1.5, "through a maximum": 0.5}
    answer = staticmethod(lambda x, size, stride: -F.max_pool2d(-x, size, stride))
    misconceptions = wrong.WRONG_MINIMA

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for size, stride in ((2, 2), (3, 1), (2, 1), (3, 2)):
            x = rng.normal(size=(2, 2, 6, 7)).astype(np.float32)
            yield Case("the minimum", x=x, size=size, stride=stride)
        yield Case("through a maximum", how="calls", x=x, size=2, stride=1)

    def expect(self, case: Case) -> Observation:
        if case.how == "calls":
            return Where(lambda got: got == "max_pool" or "No maximum pooling was called.", "a maximum pooling")
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "calls" and got == "no maximum pooling":
            return "The minimum is taken directly; the question asks for it through a maximum pooling."
        return None


class Comparisons(Key):
    label = "4C"
    criteria = {"comparisons": 1}
    answer = staticmethod(lambda c, h, w, p, q, s, t: c * wrong.outputs(h, p, s) * wrong.outputs(w, q, t) * (p * q - 1))
    misconceptions = wrong.WRONG_COUNTS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        low, high = [1, 8, 8, 1, 2, 1, 1], [6, 40, 40, 5, 5, 4, 4]
        yield Case("comparisons", sizes=[[3, 17, 22, 3, 2, 2, 3], *rng.integers(low, high, (100, 7)).tolist()])


class _Typed(PersonalKey):
    assignment = "conv_pool_by_hand"


class SizeOfC(_Typed):
    label = "1A"
    mistakes = typed.WRONG_SIZES_OF_C

    def solve(self, numbers: Any) -> Any:
        return (3, 3)


class TypedC(_Typed):
    label = "1C"
    rows, is_telling = 3, True
    mistakes = typed.WRONG_C

    def solve(self, numbers: Any) -> Any:
        return typed.c_of(numbers)


class TypedGradient(_Typed):
    label = "1D"
    rows, is_telling = 5, True
    mistakes = typed.WRONG_GRADIENTS

    def solve(self, numbers: Any) -> Any:
        return typed.gradient_of(numbers)


class MaxOfC(_Typed):
    label = "2C"
    mistakes = typed.WRONG_2C

    def solve(self, numbers: Any) -> Any:
        return pool_maxima(typed.c_of(numbers), 2, 1)


class SizeWithStride(_Typed):
    label = "3A"
    mistakes = typed.WRONG_3A

    def solve(self, numbers: Any) -> Any:
        return (numbers.size_3a.output,) * 2


class ConvolutionByHand(_Typed):
    label = "3B"
    rows, is_telling = 4, True
    mistakes = typed.WRONG_3B

    def solve(self, numbers: Any) -> Any:
        return correlate(numbers.image_3b, numbers.kernel_3b, padding=1)


class MaxByHand(_Typed):
    label = "3C"
    mistakes = typed.WRONG_3C

    def solve(self, numbers: Any) -> Any:
        return pool_maxima(numbers.image_3c, 2, 2)


class ShapeOfALayer(_Typed):
    label = "4A"
    mistakes = typed.WRONG_4A

    def solve(self, numbers: Any) -> Any:
        return (numbers.size_4a.channels, numbers.size_4a.output, numbers.size_4a.output)
