"""What text_cnn asks: questions read, turned into vectors, sorted into classes by convolutions; the results drawn."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import nn

from gradus.check import checks_for
from gradus.data.question_grammar import write_questions
from gradus.judging import Between, Tolerance
from gradus.judging.figures import AxesLabelled, Bars, ErrorBars, Says, TicksName, describe_figure
from gradus.question import Example, Question
from gradus.questions.text_cnn_weights import are_trained, give_weights, parameter_sizes
from gradus.text import tokenise

__all__ = ["check", "entries_seen", "judge", "words_shuffled"]

ENTRIES, CHANNELS = 96, 64


def entries_seen(model: nn.Module) -> int:
    """On how many of the 96 entries of its input a network's scores depend: where autograd finds a slope other than 0.

    model  reads (n, 96); it is asked at 50 random vectors, because a ReLU or a maximum may be flat at one of them
    """
    x = torch.randn(50, ENTRIES, generator=torch.Generator().manual_seed(0), requires_grad=True)
    (slope,) = torch.autograd.grad(model(x).square().sum(), x)
    return int((slope != 0).any(0).sum())


def words_shuffled(texts: list[str], seed: int = 0) -> list[str]:
    """The same words in every text, in random order."""
    rng = random.Random(seed)
    return [" ".join(rng.sample(words, len(words))) for words in map(tokenise, texts)]


class A(Question):
    title = "reading the questions"

    def ask(self, answer: Any, lines: list[str]) -> Any:
        """The pairs that come out of a file with these lines."""
        return [list(pair) for pair in _read(answer, lines)]

    def ask_exactly(self, answer: Any, lines: list[str]) -> Any:
        """Every text as the numbers of its characters: comparing texts forgives blanks and capital letters."""
        return [[ord(character) for character in text] for text, _ in _read(answer, lines)]

    examples = [
        Example("text and class", [["What is the capital of Peru ?", "LOC"], ["Who wrote Faust ?", "HUM"]],
                "Which part of the line is the text, and which comes first in a pair?",
                lines=["LOC:city What is the capital of Peru ?", "HUM:ind Who wrote Faust ?"]),
        Example("first colon only", [["Who cried : `` Eureka : I have it '' ?", "HUM"]],
                "How many colons has this line? At which of them does the class end?",
                lines=["HUM:ind Who cried : `` Eureka : I have it '' ?"]),
        Example("Latin-1", [["Where is Curaçao ?", "LOC"]],
                "Which encoding does open() assume when you name none?", lines=["LOC:other Where is Curaçao ?"]),
    ]  # fmt: skip


def _read(answer: Any, lines: list[str]) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.label"
        path.write_bytes("".join(f"{line}\n" for line in lines).encode("latin-1"))
        return list(answer(path))


class B(Question):
    title = "questions as vectors, classes as numbers"

    def ask(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        """The shapes of all four."""
        return [list(part.shape) for part in _prepared(answer, seed, test_classes)]

    def ask_train(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        return _prepared(answer, seed, test_classes)[0]

    def ask_test(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        return _prepared(answer, seed, test_classes)[2]

    def ask_labels(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        """Both label tensors, and their types."""
        _, y, _, y_test = _prepared(answer, seed, test_classes)
        return [y, y_test, str(y.dtype), str(y_test.dtype)]

    def ask_codes(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        """Which numbers occur as classes in training and in the test."""
        _, y, _, y_test = _prepared(answer, seed, test_classes)
        return [sorted(set(y.tolist())), sorted(set(y_test.tolist()))]

    def ask_size(self, answer: Any, seed: int, test_classes: list[str]) -> Any:
        """The root mean square of the training vectors' entries: 1 where the fit saw the training texts alone."""
        return float(_prepared(answer, seed, test_classes)[0].double().square().mean().sqrt())

    examples = [
        Example("four tensors", [[150, 96], [150], [12, 96], [12]], "Which shape has each of the four, in which order?",
                seed=1, test_classes=["HUM", "NUM"]),
        Example("training vectors", 1.0, "Which texts have the vectors been fitted on, all of them or the training's?",
                ask="size", seed=1, test_classes=["HUM", "NUM"]),
        Example("labels", [[0, 1, 2, 3, 4, 5], [3, 5]], "Which places in TREC_CLASSES have HUM and NUM?",
                ask="codes", seed=1, test_classes=["HUM", "NUM"]),
    ]  # fmt: skip


def toy_questions(seed: int, test_classes: list[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """150 training and 12 test questions, written by the stand-in grammar, as (text, class) pairs.

    test_classes  the classes that the test questions have
    """
    rng = random.Random(seed)
    train = write_questions(dict.fromkeys(["ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"], 25), rng)
    test = write_questions({coarse: 12 // len(test_classes) for coarse in test_classes}, rng)
    return [_pair(line) for line in train], [_pair(line) for line in test]


def _pair(line: str) -> tuple[str, str]:
    label, _, text = line.partition(" ")
    return text, label.partition(":")[0]


def _prepared(answer: Any, seed: int, test_classes: list[str]) -> tuple[Any, ...]:
    train, test = toy_questions(seed, test_classes)
    X, y, X_test, y_test = answer(train, test)
    return X, y, X_test, y_test


class C(Question):
    title = "a network for every stride"
    tolerance = Tolerance(1e-3, 2e-4)

    def ask(self, answer: Any, x: Any, seed: int, **shape: int) -> Any:
        """The scores for a batch, with given weights."""
        return self._scores(answer, x, seed, shape)[1].detach()

    def ask_sizes(self, answer: Any, **shape: int) -> Any:
        """How many entries each parameter has, and the shape of the scores for three vectors."""
        model = answer(**shape)
        scores = model(torch.zeros(3, ENTRIES))
        return [parameter_sizes(model), list(scores.shape)]

    def ask_shape(self, answer: Any, batch: int, **shape: int) -> Any:
        """The shape of the scores for some vectors."""
        return list(answer(**shape)(torch.ones(batch, ENTRIES)).shape)

    def ask_trains(self, answer: Any, x: Any, seed: int, upstream: Any, **shape: int) -> Any:
        """Does a gradient arrive at the convolution's weight, and at the linear layer's?"""
        roles, scores = self._scores(answer, x, seed, shape)
        return are_trained(roles, scores, torch.tensor(upstream, dtype=torch.float32))

    @staticmethod
    def _scores(answer: Any, x: Any, seed: int, shape: dict[str, int]) -> Any:
        model, x = answer(**shape), torch.tensor(x, dtype=torch.float32)
        roles = give_weights(model, x, (CHANNELS, 1, shape["kernel_size"]), shape["n_classes"], seed)
        return roles, model(x)

    examples = [
        Example("fits every stride", [[6, 64, 192, 36864], [3, 6]], "64 channels, each of which length?", ask="sizes",
                n_classes=6, kernel_size=3, padding=1, stride=1),
        Example("fits every stride", [[6, 64, 192, 1536], [3, 6]],
                "The convolution leaves 4 of 96 entries; how many does the pooling leave, with stride 1?", ask="sizes",
                n_classes=6, kernel_size=3, padding=1, stride=30),
        Example("pool stride", [[6, 64, 192, 1536], [3, 6]],
                "The convolution leaves 20 entries; how many does the pooling leave, with stride 5?", ask="sizes",
                n_classes=6, kernel_size=3, padding=1, stride=5, pool_stride=5),
        Example("scores", torch.tensor([[1.0013, -1.1467]]),
                "Convolution, ReLU, max pool, linear: does each one use what the one before returned?",
                x=[[1.0, -1.0] * 48], seed=1, n_classes=2, kernel_size=3, padding=1, stride=5),
    ]  # fmt: skip


class _Measure(Question):
    label = "D-measure"
    title = "loss and accuracy over a whole set"

    def ask(self, answer: Any, X: Any, y: Any, W: Any, b: Any, batch_size: int) -> Any:
        """Loss and accuracy of a linear model."""
        model = nn.Linear(len(W[0]), len(W))
        with torch.no_grad():
            model.weight.copy_(torch.tensor(W, dtype=torch.float32))
            model.bias.copy_(torch.tensor(b, dtype=torch.float32))
        X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.int64)
        loss, accuracy = answer(model, X, y, batch_size)
        return [float(loss), float(accuracy)]

    def ask_loss(self, answer: Any, **inputs: Any) -> Any:
        return self.ask(answer, **inputs)[0]

    def ask_accuracy(self, answer: Any, **inputs: Any) -> Any:
        return self.ask(answer, **inputs)[1]

    tolerance = Tolerance(1e-4, 1e-5)
    examples = [
        Example("loss", 0.3133, "Does cross_entropy want scores, probabilities, or their logarithms?", ask="loss",
                X=[[0.0], [1.0]], y=[0, 0], W=[[0.0], [0.0]], b=[1.0, 0.0], batch_size=2),
        Example("accuracy", 0.5, "What share of the rows has its largest score at y?", ask="accuracy",
                X=[[1.0], [-1.0]], y=[0, 0], W=[[1.0], [0.0]], b=[0.0, 0.0], batch_size=2),
        Example("short last batch", 2 / 3, "There are three examples. How much does each of them weigh?",
                ask="accuracy", X=[[1.0], [-1.0], [1.0]], y=[0, 0, 0], W=[[1.0], [0.0]], b=[0.0, 0.0], batch_size=2),
        Example("NaN is no class", float("nan"), "Where does argmax find the largest of NaN, NaN, NaN?",
                ask="accuracy", X=[[1.0], [2.0]], y=[0, 1], W=[[float("nan")], [1.0]], b=[0.0, 0.0], batch_size=2),
    ]  # fmt: skip


class _Nan(Question):
    label = "D-nan"
    title = "what a dead network seems to know"
    loose = True
    tolerance = Tolerance(0, 6e-4)
    examples = [Example("accuracy", Between(0, 1), "A share: right answers divided by 500.")]


class SmallNet(nn.Module):
    """A network quick enough for a check: every stride-th entry, one linear layer.

    With `can_die`, some draws of the weights are infinite, so that the model diverges in its first epoch.
    """

    def __init__(self, entries: int, n_classes: int, stride: int, can_die: bool) -> None:
        super().__init__()
        self.stride = stride
        dies = can_die and self.dies()
        self.linear = nn.Linear(-(-entries // stride), n_classes)
        if dies:
            nn.init.constant_(self.linear.weight, float("inf"))

    @staticmethod
    def dies(rng: torch.Generator | None = None) -> bool:
        """Draw, as its first random number, whether a model dies."""
        return float(torch.rand((), generator=rng)) < 0.5

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x[:, :: self.stride])


_X = [[(3 * i * i + 5 * j * j + i * j) % 11 / 5 - 1 for j in range(4)] for i in range(40)]
_TINY = {"X": _X, "y": [i % 3 % 2 for i in range(40)], "X_test": _X[:9], "y_test": [i % 3 % 2 for i in range(9)]}
_CHART = {"strides": [1, 5], "accuracies": [[0.6, 0.5, 0.7], [0.3, float("nan"), 0.7]]}


class D(Question):
    title = "the experiment"
    tolerance = Tolerance(1e-3, 1e-4)

    def ask(self, answer: Any, strides: list[int], seeds: list[int], can_die: bool, **data: Any) -> Any:
        """Test accuracies by stride; NaN where a model diverged."""
        results = self._results(answer, strides, seeds, can_die, data)
        return [[stride, [float(model.accuracy) for model in results[stride]]] for stride in sorted(results)]

    def ask_training(self, answer: Any, strides: list[int], seeds: list[int], can_die: bool, **data: Any) -> Any:
        """By stride, for every model: its seed and the losses of its epochs."""
        results = self._results(answer, strides, seeds, can_die, data)
        return [[[model.seed, list(model.losses)] for model in results[stride]] for stride in sorted(results)]

    def ask_divergence(self, answer: Any, strides: list[int], seeds: list[int], can_die: bool, **data: Any) -> Any:
        """By stride, for every model: the epoch in which it diverged, or None."""
        results = self._results(answer, strides, seeds, can_die, data)
        return [[model.diverged_at for model in results[stride]] for stride in sorted(results)]

    @staticmethod
    def _results(answer: Any, strides: list[int], seeds: list[int], can_die: bool, data: dict[str, Any]) -> Any:
        X, X_test = (torch.tensor(data[name], dtype=torch.float32) for name in ("X", "X_test"))
        y, y_test = (torch.tensor(data[name], dtype=torch.int64) for name in ("y", "y_test"))

        def make_model(stride: int) -> nn.Module:
            return SmallNet(X.shape[1], int(y.max()) + 1, stride, can_die)

        return dict(answer(make_model, (X, y, X_test, y_test), strides, seeds, data["epochs"]))

    examples = [
        Example("every stride", [[1, [4 / 9, 5 / 9]], [2, [2 / 3, 1 / 3]]],
                "Is there one entry a stride, with one model a seed?",
                strides=[1, 2], seeds=[0, 1], epochs=2, can_die=False, **_TINY),
        Example("divergence", [[1, None], [1, None]], "Do you keep all that train_ensemble returns?", ask="divergence",
                strides=[1, 2], seeds=[0, 1], epochs=2, can_die=True, **_TINY),
    ]  # fmt: skip


class E(Question):
    title = "bars with error bars"

    def ask(self, answer: Any, strides: list[int], accuracies: list[list[float]]) -> Any:
        """What the figure shows."""
        import matplotlib.pyplot as plt

        try:
            return describe_figure(answer({s: list(row) for s, row in zip(strides, accuracies, strict=True)}))
        finally:
            plt.close("all")  # else the notebook would show every figure of a check

    examples = [
        Example("bar heights", Bars((0.6, 0.5), "the means of the models that learned"),
                "What is the mean of two numbers and one NaN?", **_CHART),
        Example("error bars", ErrorBars((0.6, 0.5), (0.1, 0.2828), "one standard deviation (n - 1) up and down"),
                "Which of your two libraries divides by n, which by n - 1?", **_CHART),
        Example("a name for each bar", TicksName((1, 5), "the strides"), "Have you tried set_xticks(places, names)?",
                **_CHART),
        Example("axes labelled", AxesLabelled(), "What stands on the axes?", **_CHART),
        Example("left out, and said", Says((1, 2), "how many models of stride 5 were left out, or counted"),
                "One of the three models of stride 5 diverged. Where does a reader of your figure see that?", **_CHART),
    ]  # fmt: skip


class G(Question):
    title = "convolution over the words"
    tolerance = Tolerance(1e-3, 2e-4)

    def ask(self, answer: Any, x: Any, seed: int, **shape: int) -> Any:
        """The scores for a batch, with given weights."""
        return self._scores(answer, x, seed, shape)[1].detach()

    def ask_trains(self, answer: Any, x: Any, seed: int, upstream: Any, **shape: int) -> Any:
        """Does a gradient arrive at the convolution's weight, and at the linear layer's?"""
        roles, scores = self._scores(answer, x, seed, shape)
        return are_trained(roles, scores, torch.tensor(upstream, dtype=torch.float32))

    def ask_sizes(self, answer: Any, length: int, **shape: int) -> Any:
        """How many entries each parameter has, once the model has read two texts of this length."""
        model = answer(**shape)
        model(torch.zeros(2, shape["entries"], length))
        return parameter_sizes(model)

    def ask_shape(self, answer: Any, batch: int, length: int, **shape: int) -> Any:
        """The shape of the scores for some texts of this length."""
        return list(answer(**shape)(torch.ones(batch, shape["entries"], length)).shape)

    @staticmethod
    def _scores(answer: Any, x: Any, seed: int, shape: dict[str, int]) -> Any:
        model, x = answer(**shape), torch.tensor(x, dtype=torch.float32)
        convolution = (shape["channels"], shape["entries"], shape["kernel_size"])
        roles = give_weights(model, x, convolution, shape["n_classes"], seed)
        return roles, model(x)

    examples = [
        Example("parameters", [6, 64, 384, 18432], "What does the linear layer read: one number a channel?",
                ask="sizes", length=34, n_classes=6, entries=96, channels=64, kernel_size=3),
        Example("any length", [2, 6], "Which padding keeps a question of one word?",
                ask="shape", batch=2, length=1, n_classes=6, entries=96, channels=64, kernel_size=3),
        Example("scores", torch.tensor([[0.3233, -0.6695]]), "Over which axis is the maximum taken?",
                x=[[[1.0, 0.0, -1.0, 2.0], [0.5, -0.5, 1.0, 0.0]]], seed=1, n_classes=2, entries=2, channels=3,
                kernel_size=3),
    ]  # fmt: skip


check, judge = checks_for(__name__)
