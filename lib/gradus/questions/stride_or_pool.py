"""What stride_or_pool asks: strides that fit, a network without pooling, fair times, and the cost in multiply-adds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import torch
from torch import nn

from gradus.check import checks_for
from gradus.data import Fashion, fashion_mnist
from gradus.judging import Array, Numbers, Observation, Where
from gradus.judging.figures import AxesLabelled, LinesEnding, describe_figures
from gradus.known_weights import fill, images, scores_of
from gradus.question import Example, Question
from gradus.scale import scale
from gradus.training import evaluate

__all__ = ["check", "judge", "load_data"]

NETS = ("pooled", "strided")


def load_data() -> Fashion:
    """10% of Fashion-MNIST's training images, standardised per pixel, at the scale in force; all its test images.

    train_images (n, 784) float32    train_labels (n,) int64, 0 to 9    test_images, test_labels likewise
    """
    size = scale("stride_or_pool")
    return _load(size.train_images, size.test_images)


@lru_cache(maxsize=2)
def _load(n_train: int, n_test: int) -> Fashion:
    return fashion_mnist(n_train=n_train, n_test=n_test, standardise="per pixel", seed=0)


class A(Question):
    title = "strides that fit"

    def ask(self, answer: Any, size: int, kernel: int, padding: int, target: int) -> Any:
        """The strides in ascending order, whatever they came in; anything but a collection of numbers as it is."""
        found = answer(size, kernel, padding, target)
        try:
            return sorted(_whole(stride) for stride in found)
        except TypeError:
            return found

    examples = [
        Example("one stride fits", [2], "Which strides take 8 cells to 3, with a window of 3?",
                size=8, kernel=3, padding=0, target=3),
        Example("several fit", [4, 5, 6], "7 cells to 2, a window of 3: which strides leave room for just one move?",
                size=7, kernel=3, padding=1, target=2),
    ]  # fmt: skip


def _whole(number: Any) -> Any:
    return int(number) if float(number) == int(number) else float(number)


class _Stride(Question):
    label = "A-stride"
    title = "the stride of our network"
    loose = True
    examples = [Example("a stride", Numbers((), whole=True), "Which single number fits in both layers?")]


class B(Question):
    title = "the network without pooling"

    def ask(self, answer: Any, seed: int, n: int = 4) -> Any:
        """Scores of the student's network with known weights."""
        return scores_of(self._network(answer, seed), images(seed, n))

    def ask_vectors(self, answer: Any, seed: int) -> Any:
        return self._network(answer, seed)(images(seed, 3)).detach()

    def ask_images(self, answer: Any, seed: int) -> Any:
        return self._network(answer, seed)(images(seed, 3, (1, 28, 28))).detach()

    def ask_parameters(self, answer: Any) -> Any:
        """The shapes of everything that is trained, sorted."""
        return sorted(list(p.shape) for p in self._made(answer).parameters() if p.requires_grad)

    def _made(self, answer: Any) -> nn.Module:
        model = answer()
        with torch.no_grad():
            scores_of(model, torch.zeros(2, 784))  # lazy layers find their shapes
        return model

    def _network(self, answer: Any, seed: int) -> nn.Module:
        model = self._made(answer)
        fill(model, seed)
        return model

    examples = [
        Example("scores", torch.tensor([[1.9459, 0.9484, -1.3740, -2.2509, 0.0928,
                                         1.8218, -1.1983, -2.0731, -0.5661, -1.0916]]),
                "One image, known weights. Does a ReLU follow each convolution, and nothing the last layer?",
                seed=7, n=1),
        Example("parameters", [[10], [10, 1568], [16], [16, 1, 5, 5], [32], [32, 16, 5, 5]],
                "As many weights as with pooling: what does a stride change?", ask="parameters"),
        Example("takes vectors", Where(lambda got: _has_shape(got, (3, 10)), "scores of shape (3, 10)"),
                "What shape does a convolution want its input in?", ask="vectors", seed=1),
        Example("takes images", Where(lambda got: _has_shape(got, (3, 10)), "scores of shape (3, 10)"),
                "Does your reshaping also leave (n, 1, 28, 28) as it is?", ask="images", seed=1),
    ]  # fmt: skip


def _has_shape(got: Observation, shape: tuple[int, ...]) -> bool | str:
    found = getattr(got, "shape", None)
    return found == shape or f"Expected scores of shape {shape}, one row an image; got shape {found}."


class Machine:
    """A clock of our own, and contestants that take a known time on it: what question C is timed with.

    seconds  name -> the seconds of its first, second, third, … pass        log_seconds  that each logging takes
    """

    def __init__(self, seconds: dict[str, list[float]], log_seconds: float) -> None:
        self.now = 1000.0
        self.log_seconds = log_seconds
        self.passes: list[str] = []
        self.logged: list[tuple[str, int]] = []
        self.contestants = {name: self._contestant(name, list(values)) for name, values in seconds.items()}

    def _contestant(self, name: str, seconds: list[float]) -> Callable[[], None]:
        def train_pass() -> None:
            done = self.passes.count(name)
            self.now += seconds[min(done, len(seconds) - 1)]
            self.passes.append(name)

        return train_pass

    def clock(self) -> float:
        return self.now

    def log(self, name: str, k: int) -> None:
        self.now += self.log_seconds
        self.logged.append((name, k))

    def largest_lead(self) -> int:
        """How many passes one contestant was ever ahead of another."""
        counts = dict.fromkeys(self.contestants, 0)
        lead = 0
        for name in self.passes:
            counts[name] += 1
            lead = max(lead, max(counts.values()) - min(counts.values()))
        return lead


class C(Question):
    title = "fair times"

    def ask(self, answer: Any, pooled: list[float], strided: list[float], log_seconds: float = 0.0) -> Any:
        """The mean seconds that the student's function finds on a clock of our own."""
        machine = Machine(dict(zip(NETS, (pooled, strided), strict=True)), log_seconds)
        found = answer(machine.contestants, machine.log, len(pooled), machine.clock)
        return {name: float(found[name]) for name in NETS}

    def ask_order(self, answer: Any, passes: int) -> Any:
        """How often each contestant trained and was logged, and how far one was ever ahead."""
        machine = Machine({name: [1.0] * passes for name in NETS}, 0.25)
        answer(machine.contestants, machine.log, passes, machine.clock)
        return {
            "passes": {name: machine.passes.count(name) for name in NETS},
            "logged": {name: [k for who, k in machine.logged if who == name] for name in NETS},
            "largest lead": machine.largest_lead(),
        }

    examples = [
        Example("the mean", {"pooled": 3.0, "strided": 2.0}, "Are all passes but the first averaged?",
                pooled=[3.0, 2.0, 4.0], strided=[2.0, 2.0, 2.0]),
        Example("warm-up left out", {"pooled": 3.0, "strided": 2.0}, "Does the first pass count?",
                pooled=[9.0, 2.0, 4.0], strided=[7.0, 2.0, 2.0]),
        Example("logging left out", {"pooled": 3.0, "strided": 2.0}, "Where do you read the clock, where do you log?",
                pooled=[3.0, 3.0, 3.0], strided=[2.0, 2.0, 2.0], log_seconds=0.5),
        Example("in turns", {"passes": {"pooled": 3, "strided": 3},
                             "logged": {"pooled": [1, 2, 3], "strided": [1, 2, 3]}, "largest lead": 1},
                "Which loop is outside, the one over passes or the one over networks?", ask="order", passes=3),
    ]  # fmt: skip


def ending(quantity: str) -> Where:
    """The panel of a quantity: a line for each network, as long as the training, ending where the network is now."""
    words = f"the {quantity} of both networks"

    def test(got: Observation) -> bool | str:
        finding = LinesEnding(tuple(got["last"]), got["passes"], words).compare(got)
        return True if finding is None else finding.sentence

    return Where(test, words)


def _are_times(got: Observation) -> bool | str:
    for name in NETS:
        value = got.get(name) if isinstance(got, dict) else None
        if not isinstance(value, float) or not 0 < value < math.inf:
            return f"Expected the mean seconds of {name!r}, a number above 0."
    return True


TIMES = Where(_are_times, "mean seconds a pass of both networks")
LABELS = AxesLabelled()


class _Figures(Question):
    label = "C-figure"
    title = "four curves, two times"

    def ask(self, answer: Any) -> Any:
        """What the figures show."""
        return describe_figures(answer["figures"])

    def ask_train_loss(self, answer: Any) -> Any:
        return self._ending(answer, "train", "loss")

    def ask_train_accuracy(self, answer: Any) -> Any:
        return self._ending(answer, "train", "accuracy")

    def ask_test_loss(self, answer: Any) -> Any:
        return self._ending(answer, "test", "loss")

    def ask_test_accuracy(self, answer: Any) -> Any:
        return self._ending(answer, "test", "accuracy")

    def ask_times(self, answer: Any) -> Any:
        return {name: float(answer["seconds"][name]) for name in NETS}

    def _ending(self, answer: Any, part: str, quantity: str) -> Any:
        data = load_data()
        X, y = (getattr(data, f"{part}_{what}") for what in ("images", "labels"))
        last = [getattr(evaluate(answer["models"][name], X, y), quantity) for name in NETS]
        return {**describe_figures(answer["figures"]), "last": last, "passes": scale("stride_or_pool").passes}

    examples = [
        Example("train loss", ending("train loss"), "Over all training images, after the pass?", ask="train_loss"),
        Example("test loss", ending("test loss"), "Over all test images, after the pass?", ask="test_loss"),
        Example("train accuracy", ending("train accuracy"), "Are both networks in this panel?", ask="train_accuracy"),
        Example("test accuracy", ending("test accuracy"), "Are both networks in this panel?", ask="test_accuracy"),
        Example("times", TIMES, 'Is it {"pooled": …, "strided": …}?', ask="times"),
        Example("axes labelled", LABELS, "What stands on the axes?"),
    ]


class _Count(Question):
    label = "D-count"
    title = "multiply-adds"
    loose = True

    def ask(self, answer: Any, net: str) -> Any:
        """The counts of one network's three layers."""
        counts = answer[net]
        return list(counts.values()) if isinstance(counts, dict) else counts

    def ask_ratio(self, answer: Any) -> Any:
        """Pooled over strided, all layers together."""
        pooled, strided = (_total(self.ask(answer, net)) for net in NETS)
        return pooled / strided

    examples = [
        Example("pooled", Numbers((3,), whole=True), "Two convolutions and the linear layer: three whole numbers?",
                net="pooled"),
        Example("strided", Numbers((3,), whole=True), "Two convolutions and the linear layer: three whole numbers?",
                net="strided"),
    ]  # fmt: skip


def _total(counts: Any) -> float:
    return float(counts.values.sum()) if isinstance(counts, Array) else float(sum(float(count) for count in counts))


check, judge = checks_for(__name__)
