"""The key to convnet_batchnorm."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from gradus.judging import Between, Observation, Raised, Where, compare
from gradus.judging.observation import Array
from gradus.questions.convnet_batchnorm import COUNTED, LABELS, LARGEST_CHUNK, ending
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key.convnet_batchnorm_models import (
    divided_twice,
    flat_gradient,
    full_step,
    gradient,
    images_only,
    mean_of_chunk_means,
    network,
    only_first,
    smoothness,
    summed_step,
    transposed,
    vectors_only,
    whole_pass,
    with_log_softmax,
)

_NO_PADDING = "The convolutions have no padding, so the image shrinks to 4 x 4 and 512 numbers are left, not 1568."
_CONV2 = "The second convolution is given 1 input channel; it sees the 16 channels of the first."
_RESHAPE = "The images arrive as vectors of 784; the reshape to 1 x 28 x 28 is missing."
_FLAT = "The flattened size does not fit the linear layer: 32 channels of 7 x 7 are 1568 numbers."


class A(Key):
    criteria = {
        "plain network": 2, "with BatchNorm": 2, "running averages": 1, "takes vectors": 1, "takes images": 1,
        "parameters": 1,
    }  # fmt: skip
    answer = network()
    misconceptions = {
        "BatchNorm stands before the pooling; here it comes after it.": Misconception(
            network("conv relu norm pool"), "In which order does the table name the layers?"
        ),
        "BatchNorm stands between convolution and ReLU; here it comes after the pooling.": Misconception(
            network("conv norm relu pool"), "In which order does the table name the layers?"
        ),
        "Only the first block has BatchNorm.": network(norm_layers=1),
        "batch_norm=True changes nothing.": Misconception(
            network(norms=lambda asked: False), "Where does your constructor look at batch_norm?"
        ),
        "BatchNorm is there also where batch_norm is False.": network(norms=lambda asked: True),
        "momentum=0.9: the running average then keeps 0.1 of the old value and takes 0.9 of the new one.": (
            Misconception(network(momentum=0.9), "In PyTorch, which of the two does momentum multiply?")
        ),
        "momentum=0.99: the running average is then all but the statistics of the last batch.": Misconception(
            network(momentum=0.99), "In PyTorch, which of the two does momentum multiply?"
        ),
        "momentum=0.01: the running average follows ten times more slowly than asked.": network(momentum=0.01),
        "BatchNorm keeps no running averages, so in eval mode an image's scores depend on its neighbours.": (
            Misconception(network(keeps_averages=False), "What does track_running_stats do?")
        ),
        _NO_PADDING: Misconception(network(padding=0, flat=512), "How wide is a padding that keeps 28 x 28?"),
        "The filters are 3 x 3, not 5 x 5.": network(kernel=3, padding=1),
        "There is no ReLU.": network("conv pool norm"),
        "Another function stands in place of ReLU (tanh).": network(relu=nn.Tanh),
        "Another function stands in place of ReLU (sigmoid).": network(relu=nn.Sigmoid),
        "The pooling takes the average, not the maximum.": network(pool=nn.AvgPool2d),
        "The scores go through a softmax; the loss applies its own.": Misconception(
            network(last=lambda scores: scores.softmax(1)), "What does cross_entropy do with the scores first?"
        ),
        "The scores go through a log_softmax; the loss applies its own.": network(last=with_log_softmax),
        "The scores go through a last ReLU, so no score can be negative.": network(last=torch.relu),
        "The images are turned over: rows and columns have changed places.": network(prepare=transposed),
        _RESHAPE: Misconception(network(prepare=images_only), "What shape does Conv2d want its input in?"),
        "Images (n, 1, 28, 28) are not taken as they are.": network(prepare=vectors_only),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for batch_norm, criterion in ((False, "plain network"), (True, "with BatchNorm")):
            for training in (False, True):
                yield Case(criterion, batch_norm=batch_norm, seed=_seed(rng), n=int(rng.integers(3, 7)),
                           training=training)  # fmt: skip
            yield Case("parameters", how="parameters", batch_norm=batch_norm)
        yield Case("running averages", how="trained", seed=_seed(rng))
        yield Case("takes vectors", how="vectors", batch_norm=False, seed=_seed(rng))
        yield Case("takes images", how="images", batch_norm=True, seed=_seed(rng))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "parameters" and isinstance(got, list):
            if [10, 512] in got:
                return _NO_PADDING
            if [16, 1, 3, 3] in got:
                return "The filters are 3 x 3, not 5 x 5."
        if not isinstance(got, Raised):
            return None
        if re.search(r"weight of size \[32, 1, \d, \d\]", got.message):
            return _CONV2
        if "shapes cannot be multiplied" in got.message:
            return _FLAT
        if case.how != "images" and re.search(r"4D \(batched\)|3D or 4D", got.message):
            return _RESHAPE
        if "unexpected keyword argument 'batch_norm'" in got.message or "missing 1 required" in got.message:
            return "The constructor must work as ConvNet() and as ConvNet(batch_norm=True)."
        return None


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(1, 1_000_000))


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    return (size + 2 * padding - kernel) // stride + 1


class B(Key):
    criteria = {"no stride": 1, "padding": 1, "rounding down": 1}
    answer = staticmethod(output_size)
    misconceptions = {
        "The + 1 is divided by the stride as well.": lambda n, k, s=1, p=0: (n + 2 * p - k + 1) // s,
        "The + 1 is missing: the window stands at its first place before it moves.": Misconception(
            lambda n, k, s=1, p=0: (n + 2 * p - k) // s, "At how many places does a window as large as the image fit?"
        ),
        "The padding is counted once; it is added on both sides.": lambda n, k, s=1, p=0: (n + p - k) // s + 1,
        "The result is rounded to the nearest; a window that sticks out is dropped.": (
            lambda n, k, s=1, p=0: round((n + 2 * p - k) / s) + 1
        ),
        "The result is rounded up; a window that sticks out is dropped.": Misconception(
            lambda n, k, s=1, p=0: -((k - n - 2 * p) // s) + 1, "What happens to a window that would stick out?"
        ),
        "The result is not rounded down: there are no half places.": (lambda n, k, s=1, p=0: (n + 2 * p - k) / s + 1),
        "The stride is left out.": lambda n, k, s=1, p=0: n + 2 * p - k + 1,
        "The padding is left out.": lambda n, k, s=1, p=0: (n - k) // s + 1,
        "The padding is taken away, not added.": lambda n, k, s=1, p=0: (n - 2 * p - k) // s + 1,
        "The kernel is left out; the image is only divided by the stride.": (lambda n, k, s=1, p=0: (n + 2 * p) // s),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            kernel = int(rng.integers(2, 8))
            size = int(rng.integers(kernel + 6, 40))
            yield Case("no stride", size=size, kernel=kernel, stride=1, padding=0)
            yield Case("padding", size=size, kernel=kernel, stride=1, padding=int(rng.integers(1, 4)))
        for rest in (1, 2, 3):  # the last window sticks out by 4 - rest cells
            kernel, places = int(rng.integers(2, 6)), int(rng.integers(3, 8))
            padding = int(rng.integers(0, 2)) * (kernel // 2)
            yield Case(
                "rounding down", size=kernel + 4 * places + rest - 2 * padding, kernel=kernel, stride=4, padding=padding
            )


class _Sizes(Key):
    label = "B-sizes"
    criteria = {"the sides": 2, "flattened": 1}
    accepted = {"leak": "The check of A shows the shapes of the weights, 1568 among them; the sides it does not show."}
    answer = [28, 14, 14, 7, 1568]
    misconceptions = {
        "Without padding a convolution of 5 takes 4 off: but here the padding is 2.": [24, 12, 8, 4, 512],
        "The pooling is forgotten.": [28, 28, 28, 28, 32 * 28 * 28],
        "Every layer halves the image, also the convolutions.": [14, 7, 3, 1, 32],
        "The channels are forgotten: 7 x 7 numbers for each of 32 channels.": [28, 14, 14, 7, 49],
        "The channels of the first convolution are counted, not those of the second.": [28, 14, 14, 7, 784],
        "The second pooling is missing in the flattened size.": [28, 14, 14, 7, 32 * 14 * 14],
        "The flattened size is a row of the image times its channels; a channel has 7 x 7 numbers.": (
            [28, 14, 14, 7, 32 * 7]
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the sides", how="sides")
        yield Case("flattened", how="flat")


_PRIMES = (2557, 2579, 2593, 2609, 2621, 2633, 2647, 2659, 2671, 2683, 2693, 2707, 2719)
"""Numbers of examples that no chunk divides; two chunks of 500 or 1000 that are dropped differ."""
_BY_ITSELF = "gradus.training.full_gradient does the whole question; it is yours to write."
_STATISTICS = "The measurement changes BatchNorm's running statistics."
_LEFT_IN_EVAL = "The model is left in eval mode."
_LEFT_IN_TRAIN = "The model is put into train mode as a whole, whatever mode its parts were in."
_OTHER_MODE = "The model is left in another mode than it was found in."


class C(Key):
    criteria = {
        "all parameters": 2, "all examples": 1, "BatchNorm in eval mode": 1, "left as found": 1, "in chunks": 1,
    }  # fmt: skip
    answer = staticmethod(gradient(chunk=500))
    misconceptions = {
        "Only the first parameter's gradient is returned.": Misconception(
            gradient(chosen=only_first), "What does grad[0] pick from the list of gradients?"
        ),
        "Only the weight matrices are there; the biases have gradients, too.": (
            gradient(chosen=lambda parameters: [p for p in parameters if p.dim() > 1])
        ),
        "The losses are added up; f is their mean.": Misconception(
            gradient(scaled=lambda g, n: n * g), "What stands in front of the sum in f?"
        ),
        "The sum is divided by n twice.": gradient(scaled=lambda g, n: g / n),
        "Only a part of the examples is used (the first 32).": gradient(rows=lambda n: slice(0, 32)),
        "Only a part of the examples is used (the first 500).": gradient(rows=lambda n: slice(0, 500)),
        "BatchNorm is measured in whatever mode the model happens to be in.": gradient(training=None),
        "BatchNorm is measured in train mode.": Misconception(
            gradient(training=True), "On what do an image's scores depend in train mode?"
        ),
        "Gradients left over from before are added: .grad is not cleared.": Misconception(
            gradient(accumulates=True), "What does backward() do where .grad already holds something?"
        ),
        "The sign is turned round.": gradient(scaled=lambda g, n: -g),
        "The gradient is divided by its length.": gradient(scaled=lambda g, n: g / g.norm()),
        "The norm of the gradient is returned, not the gradient.": gradient(scaled=lambda g, n: g.norm()),
        "All images go through the network at once.": Misconception(
            gradient(chunk=10**9), "How much memory do 6,000 images of 16 channels need?"
        ),
        _LEFT_IN_EVAL: Misconception(gradient(restores="nothing"), "Which line of yours undoes model.eval()?"),
        _LEFT_IN_TRAIN: Misconception(
            gradient(restores="to train"), "What if one part of the model was in eval mode and the rest was not?"
        ),
        _STATISTICS: gradient(training=True, keeps=False),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("all parameters", kind="mlp", seed=_seed(rng), n=int(rng.integers(10, 40)))
        yield Case("all parameters", how="again", kind="mlp", seed=_seed(rng), n=int(rng.integers(10, 40)))
        yield Case("all parameters", kind="convnet", seed=_seed(rng), n=5)
        yield Case("all examples", kind="mlp", seed=_seed(rng), n=int(rng.choice(_PRIMES)))
        yield Case("BatchNorm in eval mode", kind="mlp with BatchNorm", seed=_seed(rng), n=int(rng.integers(10, 40)))
        yield Case("BatchNorm in eval mode", kind="mlp with BatchNorm", seed=_seed(rng), n=20, training=False)
        yield Case("BatchNorm in eval mode", kind="convnet with BatchNorm", seed=_seed(rng), n=5)
        yield Case("left as found", how="left", kind="mlp with BatchNorm", seed=_seed(rng), n=20)
        yield Case("in chunks", how="chunks", seed=_seed(rng), n=int(rng.choice(_PRIMES)))

    def expect(self, case: Case) -> Observation:
        if case.how == "chunks":
            return Between(1, LARGEST_CHUNK)
        return self.ask(flat_gradient, case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and "answers this question" in got.message:
            return _BY_ITSELF
        if isinstance(got, Raised) and "shapes cannot be multiplied" in got.message:
            return "The data are reshaped for one network only; hand the model X as it comes."
        if case.criterion == "all examples" and isinstance(got, Array):
            return self._chunk_mistake(case, got)
        return _left_behind(case, got)

    def _chunk_mistake(self, case: Case, got: Observation) -> str | None:
        """What went wrong with the short chunk at the end, whatever the size of the others."""
        n = case.inputs["n"]
        for chunk in (32, 50, 64, 100, 128, 200, 250, 256, 300, 400, 500, 512, 600, 750, 1000):
            kept = n // chunk * chunk
            if compare(got, self.ask(mean_of_chunk_means(chunk), case)) is None:
                return "The mean of the chunks' means is taken, so the short last chunk weighs too much."
            for share in (1.0, kept / n):
                dropped = gradient(rows=lambda n, kept=kept: slice(0, kept), scaled=lambda g, n, share=share: share * g)
                if compare(got, self.ask(dropped, case)) is None:
                    return "The last, shorter chunk is dropped."
        return None


def _left_behind(case: Case, got: Observation) -> str | None:
    """What a measurement should not have changed."""
    if case.how != "left" or not isinstance(got, dict):
        return None
    if isinstance(got.get("weights"), float) and got["weights"] > 1e-6:
        return "The weights are not put back: after the measurement the model is another one."
    if isinstance(got.get("buffers"), float) and got["buffers"] > 1e-6:
        return _STATISTICS
    return {"all eval": _LEFT_IN_EVAL, "all train": _LEFT_IN_TRAIN, "others": _OTHER_MODE}.get(got.get("modes", ""))


_MINIBATCH = "grad f is taken over the minibatch; f is the loss over the whole training set."
_TRAIN = "BatchNorm is measured in train mode."


class D(Key):
    criteria = {
        "a quadratic": 3, "a small network": 2, "a ConvNet": 1, "BatchNorm in eval mode": 2, "left as found": 2,
    }  # fmt: skip
    answer = staticmethod(smoothness())
    misconceptions = {
        "Only the first parameter's gradient is used.": Misconception(
            smoothness(full=gradient(chosen=only_first)), "What does grad[0] pick from the list of gradients?"
        ),
        "u is taken over a whole pass; it is one step of SGD.": Misconception(
            smoothness(step=whole_pass), "How many minibatches does one step see?"
        ),
        "The denominator is multiplied by eta once more; u holds eta already.": Misconception(
            smoothness(ratio=lambda change, u, eta: float(change.norm() / (eta * u.norm()))), "What is u made of?"
        ),
        "The denominator lacks eta: it is the norm of the minibatch's gradient, not of u.": (
            smoothness(ratio=lambda change, u, eta: float(change.norm() / (u.norm() / eta)))
        ),
        "The denominator is missing.": smoothness(ratio=lambda change, u, eta: float(change.norm())),
        "The difference of the norms is taken; it is the norm of the difference.": Misconception(
            smoothness(change=lambda after, before: (after.norm() - before.norm()).abs()),
            "Two arrows of the same length in different directions: have they changed?",
        ),
        _MINIBATCH: Misconception(smoothness(on_the_batch=True), "Over which images is f the mean?"),
        "u is a step of the full gradient; SGD sees one minibatch.": (smoothness(step=full_step)),
        "The step goes uphill: u is minus eta times the gradient.": smoothness(eta_in_step=lambda eta: -eta),
        "The step adds up the minibatch's gradients; SGD takes their mean.": smoothness(step=summed_step),
        "The step is divided by the size of the batch twice.": smoothness(step=divided_twice),
        "eta is missing in the step: u is the whole gradient.": smoothness(eta_in_step=lambda eta: 1.0),
        "The norms are squared.": (
            smoothness(ratio=lambda change, u, eta: float(change.square().sum() / u.square().sum()))
        ),
        "The norm is the sum of absolute values (L1), not the Euclidean one.": (
            smoothness(ratio=lambda change, u, eta: float(change.abs().sum() / u.abs().sum()))
        ),
        "The norm is the largest entry, not the Euclidean one.": (
            smoothness(ratio=lambda change, u, eta: float(change.abs().max() / u.abs().max()))
        ),
        "The ratio is upside down.": smoothness(ratio=lambda change, u, eta: float(u.norm() / change.norm())),
        _TRAIN: Misconception(
            smoothness(full=gradient(training=True)), "On what do an image's scores depend in train mode?"
        ),
        "The step is made in train mode, while f is measured in eval mode.": (
            smoothness(of_the_batch=gradient(training=True))
        ),
        "The weights are not put back: after the measurement the model is another one.": smoothness(puts_back=False),
        _LEFT_IN_EVAL: smoothness(full=gradient(restores="nothing")),
        _LEFT_IN_TRAIN: smoothness(full=gradient(restores="to train")),
        _STATISTICS: smoothness(full=gradient(training=True, keeps=False)),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for d in (2, 3, 5):
            X, w = rng.normal(size=(12, d)) * rng.uniform(0.5, 2.5, d), rng.normal(size=d)
            yield Case("a quadratic", how="quadratic", w=w, X=X, **_batch(rng, 12))
        for _ in range(2):
            yield Case("a small network", kind="mlp", seed=_seed(rng), n=24, **_batch(rng, 24))
        yield Case("a ConvNet", kind="convnet", seed=_seed(rng), n=6, **_batch(rng, 6))
        yield Case("BatchNorm in eval mode", kind="mlp with BatchNorm", seed=_seed(rng), n=24, **_batch(rng, 24))
        yield Case("BatchNorm in eval mode", kind="convnet with BatchNorm", seed=_seed(rng), n=6, **_batch(rng, 6))
        yield Case("left as found", how="left", kind="mlp with BatchNorm", seed=_seed(rng), n=24, **_batch(rng, 24))

    def expect(self, case: Case) -> Observation:
        if case.how != "quadratic":
            return self.ask(self.answer, case)
        X, w, batch = (np.asarray(case.inputs[name]) for name in ("X", "w", "batch"))
        H = X.T @ X / len(X)
        u = X[batch].T @ (X[batch] @ w)  # its length does not matter: the gradient of a quadratic is linear
        return float(np.linalg.norm(H @ u) / np.linalg.norm(u))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how != "left" and got == 0.0:
            return "L is 0: both gradients were taken at the same w, so the step never reached the model."
        return _left_behind(case, got)


def _batch(rng: np.random.Generator, n: int) -> dict[str, object]:
    """A minibatch of different examples, and a learning rate."""
    return {"batch": rng.choice(n, size=min(4, n // 2), replace=False), "eta": float(rng.uniform(0.1, 0.6))}


class E(Key):
    criteria = {"train loss": 2, "test accuracy": 2, "L": 2, "BatchNorm's modes": 1, "axes labelled": 1}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion, how in zip(self.criteria, ("loss", "accuracy", "smoothness", "batches", ""), strict=True):
            yield Case(criterion, how=how)

    def expect(self, case: Case) -> Where:
        return {
            "train loss": ending("train loss"),
            "test accuracy": ending("test accuracy"),
            "L": ending("effective smoothness L"),
            "BatchNorm's modes": COUNTED,
            "axes labelled": LABELS,
        }[case.criterion]

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "batches" and isinstance(got, dict):
            if any(count < got["fewest"] for count in got["counts"]):
                return "After a measurement the model stayed in eval mode, so BatchNorm learned no more statistics."
            if any(count > got["most"] for count in got["counts"]):
                return "A measurement was taken in train mode: it changed BatchNorm's running statistics."
        return None
