"""One pass of SGD and of the running average, by the right rule and by those that students follow by mistake.

A `Rule` is a model of an answer in two ways. As an answer it draws its own batches; and on the batches that a
student's network was asked about it gives the parameters that the student would then have got. So any way of drawing
batches is right, and a mistake is named whatever the batches were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.judging import Finding, Observation, Tolerance
from gradus.judging.observation import Array
from gradus.training import draw_pass
from gradus.training.threads import thread_count
from gradus.watched import small_network

__all__ = ["RIGHT", "Replayed", "Rule", "known_batches", "replay"]

TOLERANCES = {"float64": Tolerance(1e-7, 1e-9), "float32": Tolerance(1e-3, 1e-5)}
"""How far a parameter may be off after a pass, by the precision that the student's code allowed.

Chosen by measurement over 200 students (tests/mlp_ema_sgd/test_mlp_replay.py repeats it for some): in float64,
right answers of all styles agree with the replay to 2e-14, whatever the order of their operations; in float32, to 1e-5.
The nearest wrong rule (the average taken before the update) is off by 0.05 at least in its largest entry. Each
tolerance lies in the middle of its gap, on the scale of powers of ten, so neither side comes near it.
"""

Memory = dict[str, Any]


def _plain_step(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    return [-learning_rate * g for g in gradients]


def _new_average(average: Tensor, before: Tensor, after: Tensor, gamma: float, t: int) -> Tensor:
    return (1 - gamma) * average + gamma * after


@dataclass(frozen=True)
class Rule:
    """How one pass goes; the defaults are right, and each field is a place where students go wrong.

    loss             of scores (b, c) and labels (b,)
    step             (gradients, learning rate, memory of the pass) -> what is added to each parameter
    moves            which parameters are updated: (index, parameter) -> bool
    average          (average, w before, w after, gamma, number of the update from 1) -> the new average
    looks_at         the network whose gradient is taken: "model" or "averaged"
    reaches          which of the networks hold the results in the end
    feeds_back       the average is copied into the model after every update
    average_every    "update" or "pass"        average_starts_at  "average" or "model"
    one_gradient     the gradient of the first batch serves for the whole pass
    labels_apart     images and labels are drawn independently (seen where the rule draws by itself)
    """

    loss: Callable[[Tensor, Tensor], Tensor] = cross_entropy
    step: Callable[[list[Tensor], float, Memory], list[Tensor]] = _plain_step
    moves: Callable[[int, Tensor], bool] = lambda index, parameter: True
    average: Callable[[Tensor, Tensor, Tensor, float, int], Tensor] = _new_average
    looks_at: str = "model"
    reaches: tuple[str, ...] = ("model", "averaged")
    feeds_back: bool = False
    average_every: str = "update"
    average_starts_at: str = "average"
    one_gradient: bool = False
    labels_apart: bool = False

    def sgd_pass(
        self, model: nn.Module, X: Tensor, y: Tensor, learning_rate: float, batch_size: int, rng: torch.Generator
    ) -> None:
        """The rule as an answer to B1."""
        self.run(model, None, X, y, self._drawn(len(X), batch_size, rng), learning_rate, 0.5)

    def ema_sgd_pass(
        self, model: nn.Module, averaged: nn.Module, X: Tensor, y: Tensor, learning_rate: float, gamma: float,
        batch_size: int, rng: torch.Generator,
    ) -> None:  # fmt: skip
        """The rule as an answer to C1."""
        self.run(model, averaged, X, y, self._drawn(len(X), batch_size, rng), learning_rate, gamma)

    def _drawn(self, n: int, batch_size: int, rng: torch.Generator) -> list[tuple[Tensor, Tensor]]:
        rows = draw_pass(n, batch_size, rng)
        return list(zip(rows, draw_pass(n, batch_size, rng) if self.labels_apart else rows, strict=True))

    def run(
        self, model: nn.Module, averaged: nn.Module | None, X: Tensor, y: Tensor,
        batches: Iterable[tuple[Tensor, Tensor]], learning_rate: float, gamma: float,
    ) -> None:  # fmt: skip
        """One pass over the given batches, pairs of row numbers of images and of labels; changes the networks."""
        w = list(model.parameters())
        bar = list(averaged.parameters()) if averaged is not None else []
        start = {"model": _copies(w), "averaged": _copies(bar)}
        if bar and self.average_starts_at == "model":
            _write(bar, w)
        memory: Memory = {}
        gradients: list[Tensor] = []
        before = _copies(w)
        for t, (rows, labels) in enumerate(batches, start=1):
            looked_at = averaged if self.looks_at == "averaged" and averaged is not None else model
            if "model" not in self.reaches:
                _write(w, start["model"])
            if not (self.one_gradient and gradients):
                loss = self.loss(looked_at(X[rows]), y[labels])
                gradients = list(torch.autograd.grad(loss, list(looked_at.parameters())))
            steps = self.step(gradients, learning_rate, memory)
            before = _copies(w)
            _write(w, [p + s if self.moves(i, p) else p for i, (p, s) in enumerate(zip(w, steps, strict=True))])
            if bar and self.average_every == "update":
                self._average(bar, before, w, gamma, t)
            if bar and self.feeds_back:
                _write(w, bar)
        if bar and self.average_every == "pass":
            self._average(bar, before, w, gamma, 1)
        for name, parameters in (("model", w), ("averaged", bar)):
            if name not in self.reaches:
                _write(parameters, start[name])

    def _average(self, bar: list[Tensor], before: list[Tensor], w: list[Tensor], gamma: float, t: int) -> None:
        _write(bar, [self.average(a, b, p.detach(), gamma, t) for a, b, p in zip(bar, before, w, strict=True)])


RIGHT = Rule()


def _copies(parameters: Sequence[Tensor]) -> list[Tensor]:
    return [p.detach().clone() for p in parameters]


def _write(parameters: Sequence[Tensor], values: Sequence[Tensor]) -> None:
    with torch.no_grad():
        for p, value in zip(parameters, values, strict=True):
            p.copy_(value)


def known_batches(got: Observation) -> list[list[int]] | None:
    """The batches that the student's network was asked about; None where one of them could not be seen."""
    batches = got.get("batches") if isinstance(got, dict) else None
    if not isinstance(batches, list) or not all(isinstance(batch, list) and batch for batch in batches):
        return None
    return batches


def replay(rule: Rule, inputs: dict[str, Any], batches: list[list[int]] | None = None) -> dict[str, np.ndarray]:
    """Parameters of the model (and of the average) after a pass by a rule, in float64.

    inputs   those of a case of B1 or C1        batches  row numbers; None: as the library draws them from the seed
    """
    model = small_network(inputs["sizes"], torch.tensor(inputs["weights"], dtype=torch.float64))
    averaged = None
    if "averaged_weights" in inputs:
        averaged = small_network(inputs["sizes"], torch.tensor(inputs["averaged_weights"], dtype=torch.float64))
    X, y = torch.tensor(np.asarray(inputs["X"]), dtype=torch.float64), torch.tensor(np.asarray(inputs["y"]))
    if batches is None:
        drawn = draw_pass(len(X), inputs["batch_size"], int(inputs.get("seed", 0)))
    else:
        drawn = [torch.tensor(batch).clamp(0, len(X) - 1) for batch in batches]
    pairs = [(rows, rows) for rows in drawn]
    with thread_count(1):
        rule.run(model, averaged, X, y, pairs, inputs["learning_rate"], inputs.get("gamma", 0.5))
    found = {"parameters": model, **({"averaged": averaged} if averaged is not None else {})}
    return {name: torch.cat([p.detach().flatten() for p in net.parameters()]).numpy() for name, net in found.items()}


def is_close(got: Observation, expected: np.ndarray) -> bool:
    """The same parameters, within the tolerance of the precision in which they came."""
    if not isinstance(got, Array) or got.shape != expected.shape:
        return False
    tolerance = TOLERANCES.get(got.dtype, TOLERANCES["float32"])
    return np.allclose(got.values, expected, rtol=tolerance.relative, atol=tolerance.absolute)


@dataclass(frozen=True)
class Replayed:
    """The named parameters are those of the right rule, on the student's own batches or on the library's.

    inputs  of the case        parts  "parameters", "averaged" or both        updates, batch_size  of the pass
    """

    inputs: dict[str, Any]
    parts: tuple[str, ...]
    updates: int
    batch_size: int

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        if not isinstance(got, dict) or not all(isinstance(got.get(part), Array) for part in self.parts):
            return Finding("type", "The pass could not be followed.")
        if self._fits(got, replay(RIGHT, self.inputs)):
            return None
        batches = known_batches(got)
        if not batches:
            return Finding("values", f"After the pass, {self._words()} not what SGD gives.")
        if problem := self.wrong_batches(batches):
            return Finding("values", problem)
        if self._fits(got, replay(RIGHT, self.inputs, batches)):
            return None
        return Finding("values", f"After the pass, {self._words()} not what these batches give.")

    def _fits(self, got: dict[str, Any], right: dict[str, np.ndarray]) -> bool:
        return all(is_close(got[part], right[part]) for part in self.parts)

    def _words(self) -> str:
        words = {"parameters": "the model's parameters", "averaged": "the averaged parameters"}
        return " and ".join(words[part] for part in self.parts) + " are"

    def wrong_batches(self, batches: list[list[int]]) -> str:
        """What is wrong with the number or the size of the batches, in a sentence; empty where nothing is."""
        n, sizes = len(self.inputs["X"]), [len(batch) for batch in batches]
        if set(sizes) == {self.batch_size}:
            if len(sizes) == self.updates:
                return ""
            if len(sizes) == n:
                return "There is one update for every image; a pass has round(n / batch_size) updates."
            return "The number of updates is not round(n / batch_size)."
        if set(sizes) == {n}:
            return "The gradient is that of all images at once, not of a batch."
        if set(sizes[:-1]) == {self.batch_size} and sizes[-1] < self.batch_size:
            return (
                "The last batch is smaller than the others: its few images weigh more, and it is one update too many."
            )
        return "Not every batch has batch_size images."

    def __str__(self) -> str:
        return "the parameters after the pass"
