"""What convnet_batchnorm asks: a ConvNet with and without BatchNorm, and how smooth its loss is along a step of SGD.

The measurements are asked about networks of the judge's own (`measured_network`), so that a mistake in one question
costs nothing in the next. `load_data` hands out the images at the scale in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradus.check import checks_for
from gradus.data import Fashion, fashion_mnist
from gradus.judging import Numbers, Observation, Tolerance, Where
from gradus.judging.figures import AxesLabelled, LinesEnding, describe_figures
from gradus.known_weights import fill, images, scores_of
from gradus.question import Example, Question
from gradus.scale import scale
from gradus.training import evaluate, full_gradient

__all__ = ["check", "judge", "load_data", "measured_network"]

LARGEST_CHUNK = 1000
"""So many images may go through the network at once in question C."""


def load_data() -> Fashion:
    """10% of Fashion-MNIST's training images, standardised per pixel, at the scale in force; all its test images.

    train_images (n, 784) float32    train_labels (n,) int64, 0 to 9    test_images, test_labels likewise
    """
    size = scale("convnet_batchnorm")
    return _load(size.train_images, size.test_images)


@lru_cache(maxsize=2)
def _load(n_train: int, n_test: int) -> Fashion:
    return fashion_mnist(n_train=n_train, n_test=n_test, standardise="per pixel", seed=0)


class A(Question):
    title = "the network"

    def ask(self, answer: Any, batch_norm: bool, seed: int, n: int = 4, training: bool = False) -> Any:
        """Scores of the student's network with known weights."""
        model = self._network(answer, batch_norm, seed)
        return scores_of(model.train(training), images(seed, n))

    def ask_vectors(self, answer: Any, batch_norm: bool, seed: int) -> Any:
        return self._network(answer, batch_norm, seed)(images(seed, 3)).detach()

    def ask_images(self, answer: Any, batch_norm: bool, seed: int) -> Any:
        return self._network(answer, batch_norm, seed)(images(seed, 3, (1, 28, 28))).detach()

    def ask_trained(self, answer: Any, seed: int, batches: int = 2) -> Any:
        """Scores in eval mode after some batches went through in train mode: the running averages show in them."""
        model = self._network(answer, True, seed)
        model.train()
        with torch.no_grad():
            for k in range(batches):
                scores_of(model, 2 * images(seed + k + 1, 8) + 1)
        return scores_of(model.eval(), images(seed, 4))

    def ask_parameters(self, answer: Any, batch_norm: bool) -> Any:
        """The shapes of everything that is trained, sorted."""
        model = self._made(answer, batch_norm)
        return sorted(list(p.shape) for p in model.parameters() if p.requires_grad)

    def _made(self, answer: Any, batch_norm: bool) -> nn.Module:
        model = answer(batch_norm=True) if batch_norm else answer()
        with torch.no_grad():
            scores_of(model.eval(), torch.zeros(2, 784))  # lazy layers find their shapes
        return model

    def _network(self, answer: Any, batch_norm: bool, seed: int) -> nn.Module:
        model = self._made(answer, batch_norm)
        fill(model, seed, with_norms=batch_norm)
        return model

    examples = [
        Example("plain network", torch.tensor([[7.6651, 1.9327, 0.9339, -4.7373, 5.8058,
                                                4.3110, -2.2990, -3.7825, -1.2775, -1.5045]]),
                "One image, known weights. Do ReLU and pooling follow each convolution, and nothing the last layer?",
                batch_norm=False, seed=7, n=1),
        Example("with BatchNorm", torch.tensor([[0.2423, 0.7548, 0.8959, -1.8168, -0.7937,
                                                 2.7552, -3.2302, 0.9954, -0.4248, -2.9193]]),
                "The same in eval mode with BatchNorm. Does it come after the pooling?", batch_norm=True, seed=7, n=1),
        Example("parameters", [[10], [10, 1568], [16], [16, 1, 5, 5], [32], [32, 16, 5, 5]],
                "Two convolutions and a linear layer, each with its biases. Does the first filter have 5 x 5 weights?",
                ask="parameters", batch_norm=False),
        Example("parameters", sorted([[10], [10, 1568], [16], [16, 1, 5, 5], [32], [32, 16, 5, 5],
                                          [16], [16], [32], [32]]),
                "How many numbers does BatchNorm2d learn for 16 channels?", ask="parameters", batch_norm=True),
        Example("takes vectors", Where(lambda got: _has_shape(got, (3, 10)), "scores of shape (3, 10)"),
                "What shape does a convolution want its input in?", ask="vectors", batch_norm=False, seed=1),
        Example("takes images", Where(lambda got: _has_shape(got, (3, 10)), "scores of shape (3, 10)"),
                "Does your reshaping also leave (n, 1, 28, 28) as it is?", ask="images", batch_norm=False, seed=1),
    ]  # fmt: skip


def _has_shape(got: Observation, shape: tuple[int, ...]) -> bool | str:
    found = getattr(got, "shape", None)
    return found == shape or f"Expected scores of shape {shape}, one row an image; got shape {found}."


class B(Question):
    title = "the size formula"
    loose = True

    def ask(self, answer: Any, size: int, kernel: int, stride: int, padding: int) -> Any:
        return answer(size, kernel, stride, padding)

    examples = [
        Example("no stride", 5, "At how many places does a window of 3 fit into 7 cells?",
                size=7, kernel=3, stride=1, padding=0),
        Example("padding", 7, "How wide is the image after one cell was added on both sides?",
                size=7, kernel=3, stride=1, padding=1),
        Example("rounding down", 3, "What happens to a window that would stick out on the right?",
                size=8, kernel=3, stride=2, padding=0),
    ]  # fmt: skip


class _Sizes(Question):
    label = "B-sizes"
    title = "the sizes in our network"
    loose = True

    def ask(self, answer: Any) -> Any:
        return answer

    def ask_sides(self, answer: Any) -> Any:
        return list(answer)[:4]

    def ask_flat(self, answer: Any) -> Any:
        return list(answer)[4]

    examples = [Example("five numbers", Numbers((5,), whole=True), "Four side lengths, and then the length of what?")]


def measured_network(kind: str, seed: int, n: int) -> tuple[nn.Module, Tensor, Tensor]:
    """A network with known weights, and data for it: (model, X, y). What questions C and D are asked about.

    kind  "mlp", "mlp with BatchNorm": 6 inputs, 3 classes, float64
          "convnet", "convnet with BatchNorm": X (n, 784), 10 classes, float32
    """
    rng = np.random.default_rng([seed, n])
    with_norm = kind.endswith("BatchNorm")
    if kind.startswith("mlp"):
        norm = [nn.BatchNorm1d(7)] if with_norm else []
        model = nn.Sequential(nn.Linear(6, 7), nn.Tanh(), *norm, nn.Linear(7, 3)).double()
        X, classes = torch.tensor(rng.normal(size=(n, 6)) + 0.5), 3
    else:
        layers: list[nn.Module] = [nn.Unflatten(1, (1, 28, 28))]
        for c_in, c_out in ((1, 16), (16, 32)):
            layers += [nn.Conv2d(c_in, c_out, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
            layers += [nn.BatchNorm2d(c_out)] if with_norm else []
        model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(1568, 10))
        X, classes = torch.tensor(rng.normal(size=(n, 784)), dtype=torch.float32), 10
    fill(model, seed)
    model.train()
    for p in model.parameters():  # what an earlier step left behind
        p.grad = torch.full_like(p, 0.25)
    return model, X, torch.tensor(rng.integers(classes, size=n))


class Quadratic(nn.Module):
    """A model whose logistic loss is a quadratic: the loss of (x, 0) is 1 + (x · w)^2 / 2.

    The score of class 1 is chosen such that log(1 + exp(score)), the logistic loss where the label is 0 and the other
    score is 0, comes out as just that. So f(w) = 1 + w^T H w / 2 with H = X^T X / n, and its gradient is H w.
    """

    def __init__(self, w: Any) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.tensor(w, dtype=torch.float64))

    def forward(self, x: Tensor) -> Tensor:
        loss = 1 + (x @ self.w) ** 2 / 2
        score = loss + torch.log1p(-torch.exp(-loss))  # log(exp(loss) - 1), without overflow
        return torch.stack([torch.zeros_like(loss), score], 1)


def _state(model: nn.Module) -> dict[str, Any]:
    return {
        "weights": torch.cat([p.detach().flatten().double() for p in model.parameters()]).clone(),
        "buffers": torch.cat([b.detach().flatten().double() for b in model.buffers()] or [torch.zeros(0)]).clone(),
        "modes": [module.training for module in model.modules()],
    }


def changes(model: nn.Module, measure: Callable[[], Any]) -> dict[str, Any]:
    """How far a measurement moves the weights and the buffers of a model, and in which modes its parts are then."""
    before = _state(model)
    measure()
    after = _state(model)
    moved = {
        name: float((after[name] - before[name]).abs().max()) if len(before[name]) else 0.0
        for name in ("weights", "buffers")
    }
    return {**moved, "modes": "as before" if after["modes"] == before["modes"] else _in_words(after["modes"])}


def _in_words(modes: list[bool]) -> str:
    return "all train" if all(modes) else "others" if any(modes) else "all eval"


_NOTHING_CHANGED = {"weights": 0.0, "buffers": 0.0, "modes": "as before"}


class C(Question):
    title = "the full gradient"

    def ask(self, answer: Any, kind: str, seed: int, n: int, training: bool = True) -> Any:
        model, X, y = measured_network(kind, seed, n)
        model.train(training)
        with _by_oneself():
            return answer(model, X, y)

    def ask_plain(self, answer: Any, w: Any, X: Any) -> Any:
        """The gradient of a quadratic, by hand: H w."""
        X = torch.tensor(X, dtype=torch.float64)
        with _by_oneself():
            return answer(Quadratic(w), X, torch.zeros(len(X), dtype=torch.int64))

    def ask_again(self, answer: Any, kind: str, seed: int, n: int) -> Any:
        """The gradient when it is asked for a second time."""
        model, X, y = measured_network(kind, seed, n)
        with _by_oneself():
            answer(model, X, y)
            return answer(model, X, y)

    def ask_left(self, answer: Any, kind: str, seed: int, n: int) -> Any:
        model, X, y = measured_network(kind, seed, n)
        model[2].eval()  # one part of the model is in another mode than the rest
        with _by_oneself():
            return changes(model, lambda: answer(model, X, y))

    def ask_chunks(self, answer: Any, seed: int, n: int) -> Any:
        """How many examples went through the model at once, at most."""
        model, X, y = measured_network("mlp", seed, n)
        sizes = [0]
        model.register_forward_pre_hook(lambda _, inputs: sizes.append(inputs[0].shape[0]))
        with _by_oneself():
            answer(model, X, y)
        return max(sizes)

    examples = [
        Example("all parameters", Where(lambda got: _has_length(got, 73), "one flat tensor of 73 numbers"),
                "The network has 4 parameter tensors with 42 + 7 + 21 + 3 numbers. Are all of them there?",
                kind="mlp", seed=1, n=8),
        Example("all examples", torch.tensor([5.0, 6.0], dtype=torch.float64),
                "Three examples, each with the loss 1 + (x · w)² / 2. Is it the mean over all of them?", ask="plain",
                w=[3.0, 2.0], X=[[1.0, 0.0], [0.0, 3.0], [2.0, 0.0]]),
        Example("left as found", _NOTHING_CHANGED, "In which mode was each part of the model before?",
                ask="left", kind="mlp with BatchNorm", seed=1, n=8),
        Example("in chunks", Where(lambda got: _is_chunked(got), f"at most {LARGEST_CHUNK} images at a time"),
                "Have you tried X.split(chunk)?", ask="chunks", seed=1, n=2000),
    ]  # fmt: skip


def _has_length(got: Observation, length: int) -> bool | str:
    found = getattr(got, "shape", None)
    return found == (length,) or f"Expected one flat tensor of shape ({length},), got shape {found}."


def _is_chunked(got: Observation) -> bool | str:
    if not isinstance(got, int) or got < 1:
        return "No example went through the model."
    return got <= LARGEST_CHUNK or f"{got} images went through the network at once; {LARGEST_CHUNK} are allowed."


@contextmanager
def _by_oneself() -> Iterator[None]:
    """Within, the library's own full_gradient, by whatever name it is called, says that here it is the question."""
    code = full_gradient.__code__
    full_gradient.__code__ = _refuse.__code__
    try:
        yield
    finally:
        full_gradient.__code__ = code


def _refuse(model: Any, X: Any, y: Any, chunk: Any = 0) -> None:
    raise ValueError("gradus.training.full_gradient answers this question; write the function yourself")


MEASURED = Tolerance(relative=1e-3, absolute=1e-6)
"""A difference of gradients loses some digits in float32; the mistakes are off by far more."""


class D(Question):
    title = "effective smoothness"
    tolerance = MEASURED

    def ask(self, answer: Any, kind: str, seed: int, n: int, batch: Any, eta: float) -> Any:
        model, X, y = measured_network(kind, seed, n)
        return float(answer(model, X, y, torch.tensor(batch), eta))

    def ask_quadratic(self, answer: Any, w: Any, X: Any, batch: Any, eta: float) -> Any:
        """On the loss 1 + (x · w)^2 / 2, whose L is known."""
        X = torch.tensor(X, dtype=torch.float64)
        y = torch.zeros(len(X), dtype=torch.int64)
        return float(answer(Quadratic(w), X, y, torch.tensor(batch), eta))

    def ask_left(self, answer: Any, kind: str, seed: int, n: int, batch: Any, eta: float) -> Any:
        model, X, y = measured_network(kind, seed, n)
        model[2].eval()
        return changes(model, lambda: answer(model, X, y, torch.tensor(batch), eta))

    examples = [
        Example("a quadratic", 4.0, "H has one entry, the mean of x². Does the gradient change by 4 times the step?",
                ask="quadratic", w=[1.0, 0.0], X=[[2.0, 0.0], [-2.0, 0.0]], batch=[0, 1], eta=0.1),
        Example("a quadratic", 1.457738, "H = diag(2, ½), and the step goes between the axes: is L between ½ and 2?",
                ask="quadratic", w=[1.0, 4.0], X=[[2.0, 0.0], [0.0, 1.0]], batch=[0, 1], eta=0.3),
        Example("left as found", _NOTHING_CHANGED, "Are weights, running statistics and modes as they were?",
                ask="left", kind="mlp with BatchNorm", seed=2, n=12, batch=[0, 5, 7], eta=0.5),
    ]  # fmt: skip


E_NETS = ("without BatchNorm", "with BatchNorm")


def ending(quantity: str) -> Where:
    """The panel of a quantity: a line for each model, as long as the training, ending where the model is now."""
    words = f"the {quantity} of both models"

    def test(got: Observation) -> bool | str:
        last, passes = got["last"], got["passes"]
        finding = LinesEnding(tuple(last), passes, words).compare(got)
        return True if finding is None else finding.sentence

    return Where(test, words)


def _is_counted(got: Observation) -> bool | str:
    if any(count < got["fewest"] for count in got["counts"]):
        return "BatchNorm saw fewer batches in train mode than the training had: it was left in eval mode."
    if any(count > got["most"] for count in got["counts"]):
        return "BatchNorm saw more batches in train mode than the training had: a measurement was taken in train mode."
    return True


COUNTED = Where(_is_counted, "as many batches in train mode as the training has updates")
LABELS = AxesLabelled()


class E(Question):
    title = "training, measured"

    def ask(self, answer: Any) -> Any:
        """What the figures show."""
        return describe_figures(answer["figures"])

    def ask_loss(self, answer: Any) -> Any:
        data = load_data()
        return self._ending(answer, lambda model: evaluate(model, data.train_images, data.train_labels).loss)

    def ask_accuracy(self, answer: Any) -> Any:
        data = load_data()
        return self._ending(answer, lambda model: evaluate(model, data.test_images, data.test_labels).accuracy)

    def ask_smoothness(self, answer: Any) -> Any:
        data, size = load_data(), scale("convnet_batchnorm")
        step = torch.arange(size.batch_size)
        measure = answer["effective_smoothness"]
        return self._ending(
            answer, lambda model: measure(model, data.train_images, data.train_labels, step, size.learning_rate)
        )

    def ask_batches(self, answer: Any) -> Any:
        """How many batches each BatchNorm layer has seen in train mode, and how many updates there were."""
        size = scale("convnet_batchnorm")
        layers = [m for m in answer["models"]["with BatchNorm"].modules() if isinstance(m, nn.BatchNorm2d)]
        counts = [int(layer.num_batches_tracked) for layer in layers]
        a_pass = size.train_images / size.batch_size
        return {"counts": counts, "fewest": size.passes * int(a_pass), "most": size.passes * int(np.ceil(a_pass))}

    def _ending(self, answer: Any, measure: Callable[[nn.Module], float]) -> Any:
        last = [float(measure(answer["models"][name])) for name in E_NETS]
        return {**describe_figures(answer["figures"]), "last": last, "passes": scale("convnet_batchnorm").passes}

    examples = [
        Example("train loss", ending("train loss"), "Over all training images, in eval mode, after the pass?",
                ask="loss"),
        Example("test accuracy", ending("test accuracy"), "Over all test images, in eval mode?", ask="accuracy"),
        Example("L", ending("effective smoothness L"), "After the pass, along the step of the first 32 images?",
                ask="smoothness"),
        Example("BatchNorm's modes", COUNTED, "Who puts the model into train mode again?", ask="batches"),
        Example("axes labelled", LABELS, "What stands on the axes?"),
    ]  # fmt: skip


check, judge = checks_for(__name__)
