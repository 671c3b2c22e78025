"""What mlp_ema_sgd asks: an MLP, minibatch SGD, its divergent learning rate, and the running average of its weights.

The loops train small networks of the judge's own, so a mistake in one question costs nothing in the next.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.check import checks_for
from gradus.data import Fashion, fashion_mnist
from gradus.judging import Observation, Where
from gradus.judging.figures import describe_figure
from gradus.plots import Picture
from gradus.question import Example, Question
from gradus.questions.mlp_ema_sgd_figure import APART, LABELS, MOMENTS, PANELS, QUANTITIES, SKIPPED
from gradus.scale import scale
from gradus.training import check_batch_size, check_data, check_gamma, check_learning_rate, evaluate
from gradus.training.threads import thread_count
from gradus.watched import small_network, watch
from gradus.weights import copy_weights, read_weights, split_weights

__all__ = ["DOES_NOT_LEARN", "check", "check_pass", "garments", "judge", "load_data"]

DOES_NOT_LEARN = 2.25
"""A training loss from here on counts as "has not learned": ln 10 = 2.303, less a margin for noise."""


def load_data() -> Fashion:
    """Fashion-MNIST as this assignment uses it, at the scale in force: 10% of the training images, the mean subtracted.

    train_images (n, 784) float32    train_labels (n,) int64, 0 to 9    test_images, test_labels likewise
    """
    size = scale("mlp_ema_sgd")
    return _load(size.train_images, size.test_images)


@lru_cache(maxsize=2)
def _load(n_train: int, n_test: int) -> Fashion:
    return fashion_mnist(n_train=n_train, n_test=n_test, standardise="center", seed=0)


def garments(data: Fashion) -> Picture:
    """One training image of each class, with the mean added again, and its name."""
    picture = Picture(figsize=(9, 1.3), caption=data.caption)
    for label, axes in enumerate(picture.subplots(1, 10)):
        axes.set_axis_off()
        axes.set_title(data.class_names[label], fontsize=8)
        of_class = (data.train_labels == label).nonzero()
        if len(of_class):
            image = data.train_images[int(of_class[0])] + data.mean
            axes.imshow(image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=255)
    return picture


def check_pass(X: Tensor, y: Tensor, learning_rate: float, batch_size: int, gamma: float | None = None) -> None:
    """ValueError, with the value and what is allowed, unless a pass over (X, y) can be run with these settings."""
    check_data(X, y, n_classes=10)
    check_learning_rate(learning_rate)
    check_batch_size(batch_size, len(X))
    if gamma is not None:
        check_gamma(gamma)


def in_double(run: Callable[[torch.dtype], Any]) -> Any:
    """run(torch.float64); run(torch.float32) for code that insists on it, judged with float32's tolerance then.

    On one thread: with more, networks of a few units are many times slower on a busy machine.
    """
    with thread_count(1):
        try:
            return run(torch.float64)
        except (RuntimeError, TypeError) as error:
            if "dtype" not in str(error) and "Float" not in str(error):
                raise
            return run(torch.float32)


def _flat(tensors: Any) -> Tensor:
    return torch.cat([t.detach().flatten() for t in tensors])


class A(Question):
    title = "the network"

    def ask(self, answer: Any, sizes: list[int], weights: Any, x: Any) -> Any:
        """The scores of the student's network with these weights."""

        def run(dtype: torch.dtype) -> Tensor:
            return self._network(answer, sizes, weights, dtype)(torch.tensor(x, dtype=dtype)).detach()

        return in_double(run)

    def ask_sizes(self, answer: Any, input_dim: int, hidden_sizes: list[int], n_classes: int) -> Any:
        """The shapes of all trainable parameters, whichever way round, sorted."""
        network = answer(input_dim, hidden_sizes, n_classes)
        shapes = [sorted(size for size in p.shape if size > 1) for p in network.parameters() if p.requires_grad]
        return sorted(shapes)

    def ask_trained(
        self, answer: Any, sizes: list[int], weights: Any, X: Any, y: Any, learning_rate: float, batches: Any
    ) -> Any:
        """The parameters after one update of our own on each of the given batches (k, b) of row numbers."""

        def run(dtype: torch.dtype) -> Tensor:
            network = self._network(answer, sizes, weights, dtype)
            images, labels = torch.tensor(X, dtype=dtype), torch.tensor(y)
            for rows in torch.tensor(batches):  # by hand: the first use of torch.optim imports half of PyTorch
                for p in network.parameters():
                    p.grad = None
                cross_entropy(network(images[rows]), labels[rows]).backward()
                for p in network.parameters():
                    if p.grad is not None:
                        p.data -= learning_rate * p.grad
            return _flat(read_weights(network, sizes))

        return in_double(run)

    def _network(self, answer: Any, sizes: list[int], weights: Any, dtype: torch.dtype) -> Any:
        network = answer(sizes[0], list(sizes[1:-1]), sizes[-1])
        copy_weights(network, split_weights(torch.tensor(weights, dtype=dtype), sizes))
        return network

    examples = [
        Example("layers and their sizes", [[10], [10, 12], [12], [12, 16], [16], [16, 32], [32], [32, 784]],
                "A layer from 784 to 32 has a matrix and 32 biases. Are all four layers known to the module?",
                ask="sizes", input_dim=784, hidden_sizes=[32, 16, 12], n_classes=10),
        Example("ReLU after each hidden layer", torch.tensor([[2.0], [0.0]], dtype=torch.float64),
                "One unit a layer, every weight 1. What does ReLU make of -3, and does its result go on?",
                sizes=[1, 1, 1, 1, 1], weights=[1, 0, 1, 0, 1, 0, 1, 0], x=[[2.0], [-3.0]]),
        Example("scores of both signs", torch.tensor([[-2.0]], dtype=torch.float64),
                "As before, but the last weight is -1. What happens between the last layer and the scores?",
                sizes=[1, 1, 1, 1, 1], weights=[1, 0, 1, 0, 1, 0, -1, 0], x=[[2.0]]),
    ]  # fmt: skip


_ONE_IMAGE = {"sizes": [2, 3], "weights": [0.0] * 9, "X": [[1.0, 2.0]], "y": [2], "batch_size": 1}
_THREE_ALIKE = {**_ONE_IMAGE, "X": [[1.0, 2.0]] * 6, "y": [2] * 6, "batch_size": 2}
_AFTER_ONE = [-0.1, -0.2, -0.1, -0.2, 0.2, 0.4, -0.1, -0.1, 0.2]
_AFTER_THREE = [-0.158957, -0.317914, -0.158957, -0.317914, 0.317914, 0.635828, -0.158957, -0.158957, 0.317914]


class B1(Question):
    title = "one pass of SGD"

    def ask(
        self, answer: Any, sizes: list[int], weights: Any, X: Any, y: Any, learning_rate: float, batch_size: int,
        seed: int = 0,
    ) -> Any:  # fmt: skip
        """The batches that a small network was asked about, and its parameters after the pass."""

        def run(dtype: torch.dtype) -> dict[str, Any]:
            network = small_network(sizes, torch.tensor(weights, dtype=dtype))
            images = torch.tensor(X, dtype=dtype)
            seen = watch(network, images)
            rng = torch.Generator().manual_seed(seed)
            answer(network, images, torch.tensor(y), learning_rate, batch_size, rng)
            return {"batches": seen, "parameters": _flat(network.parameters())}

        return in_double(run)

    def ask_parameters(self, answer: Any, **settings: Any) -> Any:
        return self.ask(answer, **settings)["parameters"]

    def ask_in_place(self, answer: Any, sizes: list[int], weights: Any, X: Any, y: Any) -> Any:
        """Whether the model holds the same parameters as before, and whether they have moved."""

        def run(dtype: torch.dtype) -> dict[str, bool]:
            network = small_network(sizes, torch.tensor(weights, dtype=dtype))
            before, start = list(network.parameters()), _flat(network.parameters())
            answer(network, torch.tensor(X, dtype=dtype), torch.tensor(y), 0.5, 1, torch.Generator().manual_seed(0))
            return _in_place(network, before, start)

        return in_double(run)

    def ask_batches(self, answer: Any, n: int, batch_size: int, seed: int) -> Any:
        """The batches of passes that differ in the state of the given and of the global generators."""

        def run(dtype: torch.dtype) -> dict[str, Any]:
            def one_pass(rng: torch.Generator, global_seed: int) -> Any:
                torch.manual_seed(global_seed)
                np.random.seed(global_seed)
                network = small_network([2, 2], torch.zeros(6, dtype=dtype))
                seen = watch(network, images)
                answer(network, images, torch.arange(n) % 2, 0.01, batch_size, rng)
                return seen

            images = torch.tensor(np.random.RandomState(0).normal(size=(n, 2)), dtype=dtype)
            rng = torch.Generator().manual_seed(seed)
            return {
                "first": one_pass(rng, 1),
                "next": one_pass(rng, 3),
                "again": one_pass(torch.Generator().manual_seed(seed), 2),
                "other": one_pass(torch.Generator().manual_seed(seed + 1), 1),
            }

        return in_double(run)

    examples = [
        Example("one update", torch.tensor(_AFTER_ONE, dtype=torch.float64),
                "Linear scores, one image, all weights 0. Which way does the gradient point, and which way do you go?",
                ask="parameters", learning_rate=0.3, **_ONE_IMAGE),
        Example("a whole pass", torch.tensor(_AFTER_THREE, dtype=torch.float64),
                "Six images, all alike, in batches of 2. How many updates is that, and is each gradient a new one?",
                ask="parameters", learning_rate=0.3, **_THREE_ALIKE),
        Example("in place", {"same parameters": True, "moved": True},
                "Does `p = p - step` change the tensor in the model, or only what the name p stands for?",
                ask="in_place", sizes=[2, 3], weights=[0.0] * 9, X=[[1.0, 2.0]], y=[2]),
    ]  # fmt: skip


def _in_place(network: nn.Module, before: list[Tensor], start: Tensor) -> dict[str, bool]:
    after = list(network.parameters())
    same = len(after) == len(before) and all(a is b for a, b in zip(after, before, strict=True))
    return {"same parameters": same, "moved": not torch.equal(_flat(after), start)}


LESSONS = {"learnable": 0.3, "nothing to learn": 0.3, "overflow": 1e30}
"""Images for which it is known how a pass ends, whatever the network: the learning rate at which they are tried."""


@lru_cache(maxsize=4)
def lesson(kind: str, seed: int, n: int = 160) -> tuple[Tensor, Tensor]:
    """Images (n, 784) and labels (n,) of a lesson.

    "learnable"         noise, all of one class: the biases alone learn it
    "nothing to learn"  black images, every class as often: no network gets below ln 10
    "overflow"          noise of size 1e37: after one update a number overflows, and the loss is NaN
    """
    if kind == "nothing to learn":
        return torch.zeros(n, 784), torch.arange(n) % 10
    noise = torch.tensor(np.random.RandomState(seed).normal(size=(n, 784)), dtype=torch.float32)
    if kind == "overflow":
        return 1e37 * noise, torch.arange(n) % 10
    return noise, torch.full((n,), seed % 10)


_OF_THE_FORM = Where(
    lambda got: is_candidate(got) or "Expected 2**k * 1e-3 for a whole number k from 0.", "one of 1e-3, 2e-3, 4e-3, …"
)


def is_candidate(got: Observation) -> bool:
    """Is it one of 1e-3, 2e-3, 4e-3, …?"""
    if not isinstance(got, (int, float)) or isinstance(got, bool) or not 1e-3 * (1 - 1e-6) < got < math.inf:
        return False
    k = math.log2(got / 1e-3)
    return abs(k - round(k)) < 1e-5


class B2(Question):
    title = "the divergent learning rate"

    def ask(self, answer: Any, lessons: list[str], seed: int) -> Any:
        """What `diverges` says of each lesson, one after the other."""
        diverges, _ = answer
        copies = {kind: [part.clone() for part in lesson(kind, seed)] for kind in lessons}
        return [bool(diverges(LESSONS[kind], *copies[kind])) for kind in lessons]

    def ask_anew(self, answer: Any) -> Any:
        """Whether a tiny learning rate learns as little after a good one as it did before.

        On images all alike a new network has a loss of ln 10 or more for some class; the good rate learns that class.
        """
        diverges, _ = answer

        def says(eta: float, n: int, label: int) -> bool:
            torch.manual_seed(0)
            return bool(diverges(eta, torch.full((n, 784), 0.1), torch.full((n,), label)))

        label = next((label for label in range(10) if says(1e-12, 8, label)), 0)
        return [says(eta, n, label) for eta, n in ((1e-12, 8), (0.5, 160), (1e-12, 8))]

    def ask_rate(self, answer: Any) -> Any:
        return float(answer[1])

    def ask_search(self, answer: Any, seed: int, most: int = 12) -> Any:
        """eta_div, and the first learning rate that diverges by the student's own rule, for up to three seeds.

        The rule may draw its network from the global generator; then every seed's result is as good as another.
        """
        diverges, eta_div = answer
        first: list[float | None] = []
        for global_seed in range(3):
            torch.manual_seed(global_seed)
            np.random.seed(global_seed)
            first.append(next((rate for rate in (1e-3 * 2**k for k in range(most)) if diverges(rate)), None))
            if first[-1] is None or math.isclose(first[-1], float(eta_div), rel_tol=1e-6):
                break
        return {"eta_div": float(eta_div), "first": first, "rule": self.ask(answer, list(LESSONS)[:2], seed)}

    examples = [
        Example("tells learning from not learning", [False, True],
                "Black images of all classes: nobody gets below ln 10 there. Is a loss of 2.30 learning?",
                lessons=["learnable", "nothing to learn"], seed=3),
        Example("notices NaN", [False, True], "What is the truth value of float('nan') > 2.25?",
                lessons=["learnable", "overflow"], seed=3),
        Example("η_div", _OF_THE_FORM, "Which learning rates does the question allow?", ask="rate"),
    ]  # fmt: skip


class C1(Question):
    title = "SGD with a running average"

    def ask(
        self, answer: Any, sizes: list[int], weights: Any, averaged_weights: Any, X: Any, y: Any,
        learning_rate: float, gamma: float, batch_size: int, seed: int = 0,
    ) -> Any:  # fmt: skip
        """The batches that the model (or else the average) was asked about, and the parameters of both in the end."""

        def run(dtype: torch.dtype) -> dict[str, Any]:
            model = small_network(sizes, torch.tensor(weights, dtype=dtype))
            averaged = small_network(sizes, torch.tensor(averaged_weights, dtype=dtype))
            images = torch.tensor(X, dtype=dtype)
            seen, seen_by_average = watch(model, images), watch(averaged, images)
            rng = torch.Generator().manual_seed(seed)
            answer(model, averaged, images, torch.tensor(y), learning_rate, gamma, batch_size, rng)
            return {
                "batches": seen or seen_by_average,
                "both asked": bool(seen and seen_by_average),
                "parameters": _flat(model.parameters()),
                "averaged": _flat(averaged.parameters()),
            }

        return in_double(run)

    def ask_averaged(self, answer: Any, **settings: Any) -> Any:
        return self.ask(answer, **settings)["averaged"]

    def ask_in_place(self, answer: Any, sizes: list[int], weights: Any, X: Any, y: Any) -> Any:
        """Whether both networks hold the same parameters as before, apart from each other, and whether they moved."""

        def run(dtype: torch.dtype) -> dict[str, Any]:
            flat = torch.tensor(weights, dtype=dtype)
            networks = {"model": small_network(sizes, flat), "averaged": small_network(sizes, flat)}
            before = {name: list(network.parameters()) for name, network in networks.items()}
            rng = torch.Generator().manual_seed(0)
            images, labels = torch.tensor(X, dtype=dtype), torch.tensor(y)
            answer(networks["model"], networks["averaged"], images, labels, 0.5, 0.25, 1, rng)
            told: dict[str, Any] = {name: _in_place(networks[name], before[name], flat) for name in networks}
            places = [{p.data_ptr() for p in network.parameters()} for network in networks.values()]
            return {**told, "apart": not places[0] & places[1]}

        return in_double(run)

    examples = [
        Example("the average after one update", torch.tensor([v / 4 for v in _AFTER_ONE], dtype=torch.float64),
                "Which w goes into the average: the one before the update, or the one after it? Which share is new?",
                ask="averaged", averaged_weights=[0.0] * 9, learning_rate=0.3, gamma=0.25, **_ONE_IMAGE),
        Example("in place", {"model": {"same parameters": True, "moved": True},
                             "averaged": {"same parameters": True, "moved": True}, "apart": True},
                "Are the caller's two networks changed, and is each still a network of its own?",
                ask="in_place", sizes=[2, 3], weights=[0.0] * 9, X=[[1.0, 2.0]], y=[2]),
    ]  # fmt: skip


class C2(Question):
    title = "25 passes, two curves"

    def ask(self, answer: Any) -> Any:
        """What the figure shows, and the scale at which it was made."""
        size = scale("mlp_ema_sgd")
        return {"axes": describe_figure(answer[0])["axes"], "passes": size.passes, "skipped": size.skipped_passes}

    def ask_ends(self, answer: Any) -> Any:
        """The figure, and the losses and accuracies of both models as they are now: where their curves must end."""
        figure, model, averaged = answer
        data = load_data()
        ends = {}
        for name, network in (("plain", model), ("averaged", averaged)):
            train = evaluate(network, data.train_images, data.train_labels)
            test = evaluate(network, data.test_images, data.test_labels)
            ends[name] = dict(zip(QUANTITIES, (train.loss, test.loss, train.accuracy, test.accuracy), strict=True))
        return {"axes": describe_figure(figure)["axes"], "ends": ends}

    def ask_apart(self, answer: Any) -> Any:
        """Whether the two models are two, and differ."""
        _, model, averaged = answer
        own, other = list(model.parameters()), list(averaged.parameters())
        apart = not {p.data_ptr() for p in own} & {p.data_ptr() for p in other}
        return {"apart": apart, "differ": not torch.equal(_flat(own), _flat(other))}

    examples = [
        Example("four panels", PANELS, "Loss and accuracy, training and test: both models in each?"),
        Example("first two passes left out", SKIPPED, "How long are the curves?"),
        Example("axes labelled", LABELS, "What stands on the axes?"),
        Example("same moments", MOMENTS, "At which point of the loop is each model measured?", ask="ends"),
        Example("two models", APART, "Is `averaged = model` a second model?", ask="apart"),
    ]


check, judge = checks_for(__name__)
