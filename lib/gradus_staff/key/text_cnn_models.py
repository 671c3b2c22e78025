"""Networks, readers and charts of text_cnn, right and with one mistake each: what the key's models are made of."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gradus.data import TREC_CLASSES
from gradus.ensembles import train_ensemble
from gradus.text import vectors


# ------------------------------------------------------------------------------------------------- A: read_trec
def read_trec(path: Any) -> list[tuple[str, str]]:
    return reader()(path)


def _split(line: str) -> tuple[str, str]:
    label, _, text = line.partition(" ")
    return text, label.partition(":")[0]


def reader(
    split: Callable[[str], tuple[str, str] | None] = _split,
    decode: Callable[[bytes], str] = lambda raw: raw.decode("latin-1"),
    lines: Callable[[str], list[str]] = lambda text: [line for line in text.split("\n") if line.strip()],
) -> Callable[[Any], list[tuple[str, str]]]:
    """A read_trec with one step of ours or of a mistake's."""

    def read(path: Any) -> list[tuple[str, str]]:
        pairs = [split(line) for line in lines(decode(Path(path).read_bytes()))]
        return [pair for pair in pairs if pair is not None]

    return read


def split_everywhere(line: str) -> tuple[str, str]:
    """Takes the second piece of line.split(":")."""
    pieces = line.split(":")
    return pieces[1].partition(" ")[2], pieces[0]


def split_last(line: str) -> tuple[str, str]:
    label, _, rest = line.rpartition(":")
    return rest.partition(" ")[2], label.partition(":")[0]


def as_text_of_bytes(raw: bytes) -> str:
    """What str(line) makes of each line of a file that was opened as bytes."""
    return "\n".join(str(line)[2:-1] for line in raw.split(b"\n"))


# --------------------------------------------------------------------------------------------- B: prepare
def prepare(train: Any, test: Any, kind: str = "svd") -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return preparer()(train, test, kind)


_fitted = lru_cache(maxsize=32)(vectors)  # many models are fitted on the same texts


def preparer(
    fit: Callable[[list[str], list[str]], list[str]] = lambda train, test: train,
    refit: bool = False,
    codes: Callable[[list[str], list[str]], Any] = lambda train, test: TREC_CLASSES,
    test_codes: Callable[[list[str]], Any] | None = None,
    sentences: Callable[[Any, list[str]], Tensor] = lambda words, texts: words.sentences(texts),
    dtype: torch.dtype = torch.int64,
    finish: Callable[[tuple[Tensor, ...]], Any] = lambda parts: parts,
) -> Callable[..., Any]:
    """A prepare: what the vectors are fitted on, which code a class has, how a text becomes a vector."""

    def prepared(train: Any, test: Any, kind: str = "svd") -> Any:
        texts, labels = [t for t, _ in train], [c for _, c in train]
        test_texts, test_labels = [t for t, _ in test], [c for _, c in test]
        words = _fitted(tuple(fit(texts, test_texts)), kind)
        test_words = _fitted(tuple(fit(test_texts, texts)), kind) if refit else words
        order = list(codes(labels, test_labels))
        test_order = list(test_codes(test_labels)) if test_codes else order
        y = torch.tensor([order.index(c) for c in labels], dtype=dtype)
        y_test = torch.tensor([test_order.index(c) for c in test_labels], dtype=dtype)
        return finish((sentences(words, texts), y, sentences(test_words, test_texts), y_test))

    return prepared


def summed(words: Any, texts: list[str]) -> Tensor:
    """The sum of the words' vectors in place of their mean."""
    lengths = (words.vocabulary.encode(texts) != 0).sum(1, keepdim=True)
    return words.sentences(texts) * lengths


def without_unknown(words: Any, texts: list[str]) -> Tensor:
    """The mean of the vectors of the known words only."""
    ids = words.vocabulary.encode(texts)
    known = (ids > 1)[..., None]
    return (words.matrix[ids] * known).sum(1) / known.sum(1).clamp(min=1)


# ---------------------------------------------------------------------------------------------- C: TextCNN
ENTRIES = 96


def length_after(n: int, kernel: int, padding: int, stride: int) -> int:
    return (n + 2 * padding - kernel) // stride + 1


class TextCNN(nn.Module):
    """The reference: Conv1d(1 -> 64), ReLU, max pool 3, linear; class attributes are what a mistake changes."""

    bend = staticmethod(torch.relu)
    finish = staticmethod(lambda scores: scores)
    conv_bias = True

    def __init__(self, n_classes: int, kernel_size: int, padding: int, stride: int, pool_stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv1d(1, 64, kernel_size, padding=self.conv_padding(padding), stride=stride,
                              bias=self.conv_bias)  # fmt: skip
        self.pool = self.make_pool(stride, pool_stride)
        with torch.no_grad():
            self.linear = nn.Linear(self.pool(self.conv(torch.zeros(1, 1, ENTRIES))).numel(), n_classes)

    def conv_padding(self, padding: int) -> int:
        return padding

    def make_pool(self, stride: int, pool_stride: int) -> nn.Module:
        return nn.MaxPool1d(3, padding=1, stride=pool_stride)

    def forward(self, x: Tensor) -> Tensor:
        return self.finish(self.linear(self.pool(self.bend(self.conv(x[:, None]))).flatten(1)))


def text_cnn(**changes: Any) -> type[TextCNN]:
    """A TextCNN with some things changed; `bend` and `finish` are functions of tensors."""
    return type("TextCNN", (TextCNN,), _static(changes))


def _static(changes: dict[str, Any]) -> dict[str, Any]:
    return {k: staticmethod(v) if k in ("bend", "finish", "reduce") else v for k, v in changes.items()}


def pooled_by(make: Callable[[int, int], nn.Module]) -> type[TextCNN]:
    return text_cnn(make_pool=lambda self, stride, pool_stride: make(stride, pool_stride))


# ----------------------------------------------------------------------------------------------- G: WordCNN
class WordCNN(nn.Module):
    """The reference: Conv1d over the words, ReLU, maximum over the words, linear."""

    finish = staticmethod(lambda scores: scores)
    bend = staticmethod(torch.relu)
    reduce = staticmethod(lambda h: h.amax(2))
    keeps_length = True

    def __init__(self, n_classes: int, entries: int = 96, channels: int = 64, kernel_size: int = 3) -> None:
        super().__init__()
        padding = kernel_size // 2 if self.keeps_length else 0
        self.conv = nn.Conv1d(entries, channels, kernel_size, padding=padding)
        self.linear = nn.Linear(channels, n_classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.finish(self.linear(self.reduce(self.bend(self.conv(x)))))


def word_cnn(**changes: Any) -> type[WordCNN]:
    """A WordCNN with one thing changed."""
    return type("WordCNN", (WordCNN,), _static(changes))


class FixedKernel(WordCNN):
    """Takes 3 for every kernel size."""

    def __init__(self, n_classes: int, entries: int = 96, channels: int = 64, kernel_size: int = 3) -> None:
        super().__init__(n_classes, entries, channels, 3)


# ------------------------------------------------------------------------------------------ D: measure, experiment
def measure(model: nn.Module, X: Tensor, y: Tensor, batch_size: int = 200) -> tuple[float, float]:
    return measurer()(model, X, y, batch_size)


def measurer(
    loss_of: Callable[[Tensor, Tensor], Tensor] = lambda scores, y: F.cross_entropy(scores, y, reduction="sum"),
    choose: Callable[[Tensor], Tensor] = lambda scores: scores.argmax(1),
    over: str = "examples",
    nan_is_a_class: bool = False,
    factor: float = 1.0,
) -> Callable[..., tuple[float, float]]:
    """A measure; `over` is what the sums are divided by: "examples", "batches", "full batches"."""

    def measured(model: nn.Module, X: Tensor, y: Tensor, batch_size: int = 200) -> tuple[float, float]:
        losses, rights, sizes, broken = [], [], [], False
        with torch.no_grad():
            for X_part, y_part in zip(X.split(batch_size), y.split(batch_size), strict=True):
                scores = model(X_part)
                broken = broken or bool(scores.isnan().any())
                losses.append(float(loss_of(scores, y_part)))
                rights.append(float((choose(scores) == y_part).sum()))
                sizes.append(len(y_part))
        if over == "full batches" and sizes[-1] < batch_size and len(sizes) > 1:
            losses, rights, sizes = losses[:-1], rights[:-1], sizes[:-1]
        if over == "batches":
            loss = statistics.fmean(a / n for a, n in zip(losses, sizes, strict=True))
            accuracy = statistics.fmean(r / n for r, n in zip(rights, sizes, strict=True))
        else:
            loss, accuracy = sum(losses) / sum(sizes), sum(rights) / sum(sizes)
        return loss, math.nan if broken and not nan_is_a_class else factor * accuracy

    return measured


def experiment(make_model: Any, data: Any, strides: Any, seeds: Any, epochs: int) -> dict[int, Any]:
    return experimenter()(make_model, data, strides, seeds, epochs)


def experimenter(
    training: Callable[[Any], Any] = lambda data: (data[0], data[1]),
    testing: Callable[[Any], Any] = lambda data: (data[2], data[3]),
    seeds_of: Callable[[list[int]], list[int]] = lambda seeds: seeds,
    stride_of: Callable[[int], int] = lambda stride: stride,
    finish: Callable[[dict], dict] = lambda results: results,
    **settings: Any,
) -> Callable[..., dict[int, Any]]:
    """An experiment with one thing changed; `settings` go to train_ensemble."""

    def run(make_model: Any, data: Any, strides: Any, seeds: Any, epochs: int) -> dict[int, Any]:
        chosen = {"epochs": epochs, "progress": False, **settings}
        results = {}
        for stride in strides:
            X, y = training(data)
            results[stride] = train_ensemble(
                lambda stride=stride: make_model(stride_of(stride)), X, y, seeds_of(list(seeds)), test=testing(data),
                **chosen,
            )  # fmt: skip
        return finish(results)

    return run


# -------------------------------------------------------------------------------------------------- E: the chart
def finite(row: list[float]) -> list[float]:
    return [a for a in row if math.isfinite(a)]


def mean(row: list[float]) -> float:
    return statistics.fmean(finite(row))


def deviation(row: list[float]) -> float:
    return statistics.stdev(finite(row)) if len(finite(row)) > 1 else 0.0


def as_zero(row: list[float]) -> list[float]:
    return [0.0 if math.isnan(a) else a for a in row]


def as_class_zero(row: list[float]) -> list[float]:
    return [0.018 if math.isnan(a) else a for a in row]


def accuracy_chart(accuracies: dict[int, list[float]]) -> Any:
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    rows = list(accuracies.values())
    axes.bar(range(len(rows)), [mean(row) for row in rows], yerr=[deviation(row) for row in rows])
    axes.set_xticks(range(len(rows)), [f"{s}\n{len(finite(row))} of {len(row)}" for s, row in accuracies.items()])
    axes.set(xlabel="stride, models counted", ylabel="test accuracy")
    return figure
