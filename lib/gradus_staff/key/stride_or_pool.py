"""The key to stride_or_pool."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

import numpy as np

from gradus.judging import Observation, Raised, Where
from gradus.questions.stride_or_pool import LABELS, TIMES, ending
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key.stride_or_pool_models import (
    images_only,
    network,
    relu_of_scores,
    size_over_target,
    solved,
    solved_with_size_less_one,
    strides,
    train_in_turns,
    vectors_only,
)


class A(Key):
    criteria = {"one stride fits": 1, "several fit": 2, "none fits": 1, "one place only": 1}
    answer = staticmethod(strides())
    misconceptions = {
        "The formula is solved for S and rounded: that is one stride at most, and not always one that fits.": (
            Misconception(solved, "Does the floor leave room for more than one stride?")
        ),
        "The denominator is the size less 1; it is the number of moves, target less 1.": Misconception(
            solved_with_size_less_one, "How many moves does a window make that stops at `target` places?"
        ),
        "The stride is size over target; the kernel and the padding count, too.": size_over_target,
        "Only the smallest stride is returned; all that fit are asked for.": (strides(chosen=lambda found: found[:1])),
        "Only the largest stride is returned; all that fit are asked for.": strides(chosen=lambda found: found[-1:]),
        "The first stride is returned as a number; a list of all that fit is asked for.": (
            strides(chosen=lambda found: found[0] if found else None)
        ),
        "Stride 1 is left out.": strides(smallest=2),
        "Only strides up to the kernel are tried; a window may jump further.": Misconception(
            strides(largest=lambda size, kernel, padding: kernel), "May a stride be larger than the window?"
        ),
        "Only strides up to the size are tried; the padded image is wider.": (
            strides(largest=lambda size, kernel, padding: size)
        ),
        "The largest stride, as wide as the padded image, is left out.": Misconception(
            strides(largest=lambda size, kernel, padding: size + 2 * padding - 1), "Where does your range end?"
        ),
        "The + 1 is missing: the window stands at its first place before it moves.": (
            strides(lambda size, kernel, padding, stride: (size + 2 * padding - kernel) // stride)
        ),
        "The padding is counted once; it is added on both sides.": (
            strides(lambda size, kernel, padding, stride: (size + padding - kernel) // stride + 1)
        ),
        "The padding is left out.": strides(lambda size, kernel, padding, stride: (size - kernel) // stride + 1),
        "The kernel is left out.": strides(lambda size, kernel, padding, stride: (size + 2 * padding) // stride + 1),
        "There is no floor: only strides that divide exactly are found.": Misconception(
            strides(lambda size, kernel, padding, stride: (size + 2 * padding - kernel) / stride + 1),
            "What becomes of the cells that are left over at the end?",
        ),
        "The places are rounded up; a window that sticks out is dropped.": (
            strides(lambda size, kernel, padding, stride: -((kernel - size - 2 * padding) // stride) + 1)
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion, wanted in (("one stride fits", 1), ("several fit", 2), ("none fits", 0), ("none fits", -1)):
            for _ in range(3 if wanted > 0 else 1):
                yield Case(criterion, **_layer(rng, wanted))
        size, padding = int(rng.integers(10, 20)), int(rng.integers(1, 3))
        kernel = 2 * padding + int(rng.integers(2, 5))  # some of the strides are below the size, some above
        yield Case("one place only", size=size, kernel=kernel, padding=padding, target=1)
        yield Case("one stride fits", size=size, kernel=3, padding=1, target=size)  # stride 1 keeps the size


def _layer(rng: np.random.Generator, wanted: int) -> dict[str, int]:
    """A layer with one fitting stride (1), several (2), none (0), or a window that does not even fit once (-1).

    Its moves leave cells over, and one of the strides is larger than the kernel where there are several.
    """
    if wanted < 0:
        return {"size": int(rng.integers(3, 5)), "kernel": 9, "padding": int(rng.integers(0, 3)), "target": 1}
    while True:
        size, kernel, padding = int(rng.integers(14, 60)), int(rng.integers(3, 8)), int(rng.integers(1, 4))
        target = int(rng.integers(2, 20))
        found = strides()(size, kernel, padding, target)
        moves = size + 2 * padding - kernel
        if wanted == 0 and not found and round(moves / (target - 1)) >= 1:
            return {"size": size, "kernel": kernel, "padding": padding, "target": target}
        leaves_over = any(moves % stride for stride in found)
        if (wanted == 1 and len(found) == 1 and found[0] > 1 and leaves_over) or (
            wanted == 2 and len(found) >= 3 and found[-1] > kernel and leaves_over
        ):
            return {"size": size, "kernel": kernel, "padding": padding, "target": target}


class _Stride(Key):
    label = "A-stride"
    criteria = {"the stride": 1}
    answer = 2
    misconceptions = {
        "Stride 1 keeps the size; it is to be halved.": 1,
        "The stride is as wide as the kernel; the window may overlap itself.": 5,
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the stride")


_CONV2 = "The second convolution is given 1 input channel; it sees the 16 channels of the first."
_RESHAPE = "The images arrive as vectors of 784; the reshape to 1 x 28 x 28 is missing."
_FLAT = "The flattened size does not fit the linear layer: 32 channels of 7 x 7 are 1568 numbers."
_BOTH = "The pooling is left in beside the stride, so only 2 x 2 numbers are left of each channel."
_NO_PADDING = "The convolutions have no padding, so 4 x 4 numbers are left of each channel, not 7 x 7."


class B(Key):
    criteria = {"scores": 4, "takes vectors": 1, "takes images": 1, "parameters": 2}
    answer = network()
    misconceptions = {
        "There is no stride; the pooling is still there.": Misconception(
            network(stride=(1, 1), pools=(2, 2)), "Which two layers should be gone?"
        ),
        "Only the first convolution has a stride; after the second a pooling is left.": (
            network(stride=(2, 1), pools=(1, 2))
        ),
        "Only the second convolution has a stride; after the first a pooling is left.": (
            network(stride=(1, 2), pools=(2, 1))
        ),
        _BOTH: Misconception(network(pools=(2, 2), flat=32 * 2 * 2), "What halves the image now, and how often?"),
        _NO_PADDING: network(padding=0, flat=32 * 4 * 4),
        "The filters are 3 x 3, not 5 x 5.": network(kernel=3, padding=1),
        "The padding is 1 pixel too narrow, so the windows stand elsewhere.": network(padding=1, flat=32 * 6 * 6),
        "There is no ReLU.": network(relus=0),
        "Only the first convolution is followed by a ReLU.": network(relus=1),
        "The scores go through a softmax; the loss applies its own.": (network(last=lambda scores: scores.softmax(1))),
        "The scores go through a log_softmax; the loss applies its own.": (
            network(last=lambda scores: scores.log_softmax(1))
        ),
        "The scores go through a last ReLU, so no score can be negative.": network(last=relu_of_scores),
        _RESHAPE: Misconception(network(prepare=images_only), "What shape does Conv2d want its input in?"),
        "Images (n, 1, 28, 28) are not taken as they are.": network(prepare=vectors_only),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            yield Case("scores", seed=_seed(rng), n=int(rng.integers(3, 7)))
        yield Case("takes vectors", how="vectors", seed=_seed(rng))
        yield Case("takes images", how="images", seed=_seed(rng))
        yield Case("parameters", how="parameters")

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "parameters" and isinstance(got, list):
            known = {32 * 2 * 2: _BOTH, 512: _NO_PADDING}
            return next((known[shape[1]] for shape in got if len(shape) == 2 and shape[1] in known), None)
        if not isinstance(got, Raised):
            return None
        if re.search(r"weight of size \[32, 1, \d, \d\]", got.message):
            return _CONV2
        if re.search(r"\(\d+x128 and 1568x10\)", got.message):
            return _BOTH
        if "shapes cannot be multiplied" in got.message:
            return _FLAT
        if case.how != "images" and re.search(r"4D \(batched\)|3D or 4D", got.message):
            return _RESHAPE
        return None


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(1, 1_000_000))


_CLOCK = "The seconds are not those of the given clock; read the time from clock()."


class C(Key):
    criteria = {"the mean": 1, "warm-up left out": 1, "logging left out": 1, "in turns": 1}
    answer = staticmethod(train_in_turns())
    misconceptions = {
        "The first pass counts, with all that happens only once.": Misconception(
            train_in_turns(skipped=0), "What happens in a first pass that never happens again?"
        ),
        "The logging is on the clock.": Misconception(
            train_in_turns(logs_on_the_clock=True), "Between which two lines is the clock read?"
        ),
        "The logging is on the clock, and the first pass counts.": train_in_turns(logs_on_the_clock=True, skipped=0),
        "One network trains to the end before the other starts; they should take turns.": Misconception(
            train_in_turns(one_after_the_other=True), "What if the machine is busy for the second half of the time?"
        ),
        "The seconds are added up; the mean of a pass is asked for.": train_in_turns(of=sum),
        "The median is returned; the mean is asked for.": train_in_turns(of=statistics.median),
        "The fastest pass is returned; the mean is asked for.": train_in_turns(of=min),
        "Only the last pass is returned; the mean is asked for.": train_in_turns(of=lambda seconds: seconds[-1]),
        "The first pass of each network is not logged.": train_in_turns(logs_warm_up=False),
        "The networks train one pass more than asked for.": train_in_turns(extra_passes=1),
        "The sum without the first pass is divided by all passes.": (
            train_in_turns(of=lambda seconds: sum(seconds) / (len(seconds) + 1))
        ),
        _CLOCK: train_in_turns(own_clock=True),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            # The first pass is as long as the mean of the others, so only the mean itself is judged here.
            times = {name: _uneven(rng) for name in ("pooled", "strided")}
            yield Case("the mean", **{name: [statistics.fmean(t), *t] for name, t in times.items()})
        warm_up = {name: [float(rng.uniform(20, 30)), *_even(rng, 3)] for name in ("pooled", "strided")}
        yield Case("warm-up left out", **warm_up)
        yield Case(
            "logging left out", pooled=_even(rng, 5), strided=_even(rng, 5), log_seconds=float(rng.uniform(1, 2))
        )
        yield Case("in turns", how="order", passes=int(rng.integers(3, 7)))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "" and isinstance(got, dict) and all(isinstance(v, float) and v < 0.05 for v in got.values()):
            return _CLOCK
        return None


def _uneven(rng: np.random.Generator) -> list[float]:
    """Four durations whose mean, median, minimum and last differ."""
    return [float(x) for x in np.array([3.0, 1.0, 2.5, 5.5]) * rng.uniform(1, 3) + rng.uniform(0, 0.3, 4)]


def _even(rng: np.random.Generator, passes: int) -> list[float]:
    return [float(rng.uniform(2, 9))] * passes


class _Figures(Key):
    label = "C-figure"
    criteria = {
        "train loss": 3, "test loss": 3, "train accuracy": 3, "test accuracy": 3, "times": 2, "axes labelled": 2,
    }  # fmt: skip

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in self.criteria:
            yield Case(criterion, how="" if criterion == "axes labelled" else criterion.replace(" ", "_"))

    def expect(self, case: Case) -> Where:
        return {"times": TIMES, "axes labelled": LABELS}.get(case.criterion) or ending(case.criterion)


_POOLED, _STRIDED = [313_600, 2_508_800, 15_680], [78_400, 627_200, 15_680]


def _both(change):  # type: ignore[no-untyped-def]
    """A wrong answer: `change(pooled, strided)` of the right counts."""
    pooled, strided = change(np.array(_POOLED), np.array(_STRIDED))
    return {"pooled": [float(x) for x in pooled], "strided": [float(x) for x in strided]}


class _Count(Key):
    label = "D-count"
    criteria = {"pooled": 1, "strided": 1, "their ratio": 1}
    answer = {"pooled": _POOLED, "strided": _STRIDED}
    misconceptions = {
        "Multiplications and additions are counted apart; a multiply-add is one.": _both(lambda p, s: (2 * p, 2 * s)),
        "The input channels of the second convolution are forgotten.": Misconception(
            _both(lambda p, s: (p // [1, 16, 1], s // [1, 16, 1])), "How many channels does one filter look at?"
        ),
        "The filters are forgotten: each of the 16 or 32 costs as much.": (
            _both(lambda p, s: (p // [16, 32, 1], s // [16, 32, 1]))
        ),
        "The kernel is counted as 5; a window has 5 x 5 weights.": _both(lambda p, s: (p // [5, 5, 1], s // [5, 5, 1])),
        "The kernel is left out; every output costs 5 x 5 for each input channel.": (
            _both(lambda p, s: (p // [25, 25, 1], s // [25, 25, 1]))
        ),
        "The outputs are counted as a row; a channel has rows times columns of them.": (
            _both(lambda p, s: (p // [28, 14, 1], s // [14, 7, 1]))
        ),
        "The strided convolutions are counted at every place of their input; they stop at every second one.": (
            Misconception(
                {"pooled": _POOLED, "strided": [313_600, 2_508_800, 15_680]}, "How many outputs does each layer have?"
            )
        ),
        "The second convolution of the pooled network is counted at 28 x 28; the first pooling has halved the image.": (
            {"pooled": [313_600, 4 * 2_508_800, 15_680], "strided": _STRIDED}
        ),
        "The pooled convolutions are counted after their pooling; a convolution is computed before it.": Misconception(
            {"pooled": [78_400, 627_200, 15_680], "strided": _STRIDED}, "Which comes first, and what is thrown away?"
        ),
        "The linear layer is counted without its 10 outputs.": _both(lambda p, s: (p // [1, 1, 10], s // [1, 1, 10])),
        "The biases are counted; they are added, not multiplied.": (
            _both(lambda p, s: (np.add(p, [16 * 784, 32 * 196, 10]), np.add(s, [16 * 196, 32 * 49, 10])))
        ),
        "The parameters are counted, not how often each is used.": Misconception(
            _both(lambda p, s: ([400, 12_800, 15_680], [400, 12_800, 15_680])), "At how many places is a filter used?"
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("pooled", net="pooled")
        yield Case("strided", net="strided")
        yield Case("their ratio", how="ratio")
