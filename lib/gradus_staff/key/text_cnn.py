"""The key to text_cnn."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import torch

from gradus.data import TREC_CLASSES
from gradus.judging import Observation, Raised
from gradus.judging.figures import AxesLabelled, Bars, ErrorBars, Says, TicksName
from gradus.questions.text_cnn import SmallNet
from gradus_staff.answer_key import Case, Key
from gradus_staff.key import text_cnn_mistakes as mistakes
from gradus_staff.key import text_cnn_models as models

_WORDS = ("river", "music", "king", "planet", "cell", "opera", "bridge", "violin", "desert", "comet", "harbour")
_LATIN = ("São Tomé", "Málaga", "Malmö", "La Coruña", "Ångermanland", "Köln", "Besançon", "Écija")


def _words(rng: np.random.Generator, count: int) -> str:
    return " ".join(rng.choice(_WORDS, count))


def _label(rng: np.random.Generator) -> str:
    return f"{rng.choice(TREC_CLASSES)}:{rng.choice(['manner', 'ind', 'other', 'count', 'exp'])}"


def _line(rng: np.random.Generator) -> str:
    return f"{_label(rng)} What {_words(rng, 4)} ?"


class A(Key):
    criteria = {"text and class": 2, "first colon only": 2, "Latin-1": 1, "text untouched": 1}
    answer = staticmethod(models.read_trec)
    misconceptions = mistakes.READING

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for _ in range(2):
            yield Case("text and class", lines=[_line(rng) for _ in range(int(rng.integers(3, 6)))])
        a, b = _words(rng, 2), _words(rng, 3)
        yield Case("first colon only", lines=[f"{_label(rng)} Who said : `` {a} : {b} '' ?", _line(rng)])
        yield Case("first colon only", lines=[_line(rng), f"{_label(rng)} What is in {a} {rng.integers(9)}:1 ?"])
        yield Case("Latin-1", lines=[f"{_label(rng)} Where is the {a} of {rng.choice(_LATIN)} ?"])
        yield Case(
            "text untouched", how="exactly", lines=[_line(rng), f"{_label(rng)} Is {b.title()} in {a.title()} ?"]
        )

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and got.type_name == "UnicodeDecodeError":
            return mistakes.NOT_LATIN
        if (
            isinstance(got, Raised)
            and "too many values to unpack" in got.message
            and case.criterion != "text and class"
        ):
            return mistakes.TRUNCATED
        if isinstance(got, list) and any("\\x" in part for pair in got if isinstance(pair, list) for part in pair):
            return mistakes.BYTES
        return None


class B(Key):
    criteria = {"training vectors": 2, "test vectors": 2, "labels": 2}
    answer = staticmethod(models.prepare)
    misconceptions = mistakes.VECTORS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for how, criterion in (("train", "training vectors"), ("test", "test vectors"), ("labels", "labels")):
            present = sorted(rng.choice(TREC_CLASSES[1:], 3, replace=False).tolist())
            yield Case(criterion, how=how, seed=int(rng.integers(2, 2**31)), test_classes=present)


def _shape(rng: np.random.Generator, **fixed: int) -> dict[str, int]:
    """A network's shape: kernel, padding and stride that fit 96 entries."""
    drawn = {
        "n_classes": int(rng.integers(4, 9)),
        "kernel_size": int(rng.integers(2, 4) * 2 - 1),
        "padding": int(rng.integers(1, 3)),
        "stride": int(rng.integers(4, 9)),
    }
    return {**drawn, **fixed}


class C(Key):
    criteria = {"fits every stride": 3, "pool stride": 2, "scores": 3, "any batch": 1, "trains": 1}
    answer = models.TextCNN
    misconceptions = mistakes.NETWORK

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        def asked(criterion: str, how: str = "", batch: int = 3, **fixed: int) -> Case:
            shape = _shape(rng, **fixed)
            inputs = {"x": rng.normal(size=(batch, 96)) * 2, "seed": int(rng.integers(1e6))}
            if how == "trains":
                inputs["upstream"] = rng.normal(size=(batch, shape["n_classes"]))
            return Case(criterion, how=how, **inputs, **shape)

        for stride in (1, 5, 10, 30, 100, 500):
            yield Case("fits every stride", how="sizes", n_classes=6, kernel_size=3, padding=1, stride=stride)
        yield Case("fits every stride", how="sizes", **_shape(rng, kernel_size=4, padding=2, stride=7))
        for stride in (5, 10, 30, 500):
            yield Case("pool stride", how="sizes", n_classes=6, kernel_size=3, padding=1, stride=stride,
                       pool_stride=stride)  # fmt: skip
        yield asked("pool stride", stride=4, pool_stride=4)
        yield asked("pool stride", stride=2, pool_stride=2)
        yield asked("scores")
        yield asked("scores", kernel_size=5, padding=2)
        for batch in (1, 7):
            yield Case("any batch", how="shape", batch=batch, **_shape(rng))
        yield asked("trains", how="trains")

    def recognise(self, case: Case, got: Observation) -> str | None:
        return _recognise_shapes(got)


def _recognise_shapes(got: Observation) -> str | None:
    if not isinstance(got, Raised):
        return None
    if "shapes cannot be multiplied" in got.message:
        return mistakes.SIZE
    if "expected the parameters of one convolution" in got.message:
        return mistakes.FORGOTTEN
    if "channels, but got" in got.message or "number of dimensions" in got.message or "Expected 2D" in got.message:
        return "The convolution gets a tensor of the wrong shape: Conv1d reads (batch, channels, length)."
    return None


class _Measure(Key):
    label = "D-measure"
    criteria = {"loss": 1, "accuracy": 1, "short last batch": 1, "NaN is no class": 1}
    answer = staticmethod(models.measure)
    misconceptions = mistakes.MEASURE

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("loss", how="loss", batch_size=5, **_scored(rng, 15))
        yield Case("accuracy", how="accuracy", batch_size=5, **_scored(rng, 15))
        for n, batch_size in ((17, 5), (11, 10)):
            yield Case("short last batch", batch_size=batch_size, **_scored(rng, n, last_is_wrong=True))
        dead = _scored(rng, 8)
        dead["W"] = np.full_like(dead["W"], np.nan)
        yield Case("NaN is no class", how="accuracy", batch_size=4, **dead)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.criterion == "NaN is no class" and got == 0.0:
            return "A network that answers NaN gets the accuracy 0: it was not wrong, it was not measured. Say NaN."
        return None


def _scored(rng: np.random.Generator, n: int, last_is_wrong: bool = False) -> dict[str, np.ndarray]:
    """A linear model and n examples, of which a third is wrong; with `last_is_wrong`, the first and the last."""
    X, W, b = rng.normal(size=(n, 4)), rng.normal(size=(3, 4)), rng.normal(size=3) * 0.5
    wrong = np.zeros(n, dtype=bool)
    wrong[[0, -1] if last_is_wrong else rng.choice(n, n // 3, replace=False)] = True
    return {"X": X, "y": ((X @ W.T + b).argmax(1) + wrong) % 3, "W": W, "b": b}


class _Nan(Key):
    label = "D-nan"
    criteria = {"accuracy": 1}
    answer = 9 / 500
    misconceptions = mistakes.DEAD

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("accuracy")

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, float) and math.isnan(got):
            return "NaN would be the honest answer; what does argmax say?"
        return None


class D(Key):
    criteria = {"every stride": 1, "training": 1, "divergence": 1}
    answer = staticmethod(models.experiment)
    misconceptions = mistakes.EXPERIMENT

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        def inputs(n: int, can_die: bool) -> dict:
            X, X_test, W = rng.normal(size=(n, 12)), rng.normal(size=(40, 12)), rng.normal(size=(12, 3))
            return {
                "X": X, "y": (X @ W).argmax(1), "X_test": X_test,
                "y_test": (X_test @ W + 2 * rng.normal(size=(40, 3))).argmax(1),
                "epochs": int(rng.integers(2, 4)), "can_die": can_die,
            }  # fmt: skip

        def seeds(count: int) -> list[int]:
            return [int(seed) for seed in rng.choice(np.arange(11, 1000), count, replace=False)]

        yield Case("every stride", strides=[1, 5], seeds=seeds(2), **inputs(64, False))
        yield Case("training", how="training", strides=[3], seeds=seeds(2), **inputs(64, False))
        alive, dead = _seeds_by_fate()
        chosen = [*rng.choice(alive, 2, replace=False).tolist(), *rng.choice(dead, 2, replace=False).tolist()]
        yield Case("divergence", how="divergence", strides=[2], seeds=rng.permutation(chosen).tolist(),
                   **inputs(64, True))  # fmt: skip


def _seeds_by_fate() -> tuple[list[int], list[int]]:
    """Seeds with which a SmallNet that can die lives, and with which it dies."""
    seeds = range(11, 60)
    with torch.random.fork_rng(devices=[]):
        dies = {seed: SmallNet.dies(torch.manual_seed(seed)) for seed in seeds}
    return [seed for seed in seeds if not dies[seed]], [seed for seed in seeds if dies[seed]]


class E(Key):
    criteria = {
        "bar heights": 3, "error bars": 2, "a name for each bar": 1, "axes labelled": 1, "left out, and said": 1,
    }  # fmt: skip
    answer = staticmethod(models.accuracy_chart)

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        strides = [int(s) for s in sorted(rng.choice([12, 15, 20, 30, 40, 60, 100, 500], 4, replace=False))]
        n, gone = 10, int(rng.integers(2, 5))
        rows = [(rng.uniform(0.3, 0.7) + rng.uniform(-0.1, 0.1, n)).round(3) for _ in strides]
        rows[int(rng.integers(4))][rng.choice(n, gone, replace=False)] = np.nan
        for criterion in self.criteria:
            yield Case(criterion, strides=strides, accuracies=[row.tolist() for row in rows])

    def expect(self, case: Case) -> Observation:
        rows = case.inputs["accuracies"]
        gone = max(sum(map(math.isnan, row)) for row in rows)
        return {
            "bar heights": Bars(mistakes.each(models.mean, rows), "the means of the models that learned"),
            "error bars": ErrorBars(mistakes.each(models.mean, rows), mistakes.each(models.deviation, rows),
                                    "one standard deviation (n - 1) of the models that learned, up and down"),
            "a name for each bar": TicksName(tuple(case.inputs["strides"]), "the strides"),
            "axes labelled": AxesLabelled(),
            "left out, and said": Says((gone, len(rows[0]) - gone), "how many models were left out, or counted"),
        }[case.criterion]  # fmt: skip

    def recognise(self, case: Case, got: Observation) -> str | None:
        rows = case.inputs["accuracies"]
        if isinstance(got, Raised) and "expected a matplotlib figure, got NoneType" in got.message:
            return "The function draws, but returns nothing: end it with `return figure`."
        if case.criterion == "bar heights":
            return mistakes.recognise_heights(got, rows)
        if case.criterion == "error bars":
            return mistakes.recognise_errors(got, rows)
        if case.criterion == "left out, and said":
            return "Models that diverged are left out without a word: write into the figure how many."
        return None


class G(Key):
    criteria = {"parameters": 1, "any length": 1, "scores": 3, "trains": 1}
    answer = models.WordCNN
    misconceptions = mistakes.WORDS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        def shape(**fixed: int) -> dict[str, int]:
            return {
                "n_classes": int(rng.integers(4, 7)), "entries": int(rng.integers(8, 12)),
                "channels": int(rng.integers(12, 20)), "kernel_size": 3, **fixed,
            }  # fmt: skip

        def asked(criterion: str, how: str = "", batch: int = 3, length: int = 8, **fixed: int) -> Case:
            drawn = shape(**fixed)
            inputs = {"x": rng.normal(size=(batch, drawn["entries"], length)) * 2, "seed": int(rng.integers(1e6))}
            if how == "trains":
                inputs["upstream"] = rng.normal(size=(batch, drawn["n_classes"]))
            return Case(criterion, how=how, **inputs, **drawn)

        yield Case("parameters", how="sizes", length=int(rng.integers(6, 40)), **shape(entries=96, channels=64))
        yield Case("parameters", how="sizes", length=int(rng.integers(6, 40)), **shape(kernel_size=5))
        for batch, length in ((3, 1), (1, 2), (2, 30)):
            yield Case("any length", how="shape", batch=batch, length=length, **shape())
        yield asked("scores", length=int(rng.integers(6, 12)))
        yield asked("scores", batch=1)
        yield asked("scores", kernel_size=5)
        yield asked("scores", length=2)
        yield asked("trains", how="trains")

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised) and "Kernel size can't be greater" in got.message:
            return (
                "There is no padding: a question shorter than the kernel cannot be read, and the edges are seen less."
            )
        if isinstance(got, Raised) and "channels, but got" in got.message:
            return (
                "The convolution runs along the entries: its channels are the entries, its signal runs along the words."
            )
        if isinstance(got, Raised) and "shapes cannot be multiplied" in got.message:
            return "The linear layer does not fit: it reads one number a channel, whatever the number of words."
        return _recognise_shapes(got)
