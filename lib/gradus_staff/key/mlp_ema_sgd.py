"""The key to mlp_ema_sgd."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import nn

from gradus.judging import Observation, Raised, Where
from gradus.questions.mlp_ema_sgd import DOES_NOT_LEARN, is_candidate
from gradus.questions.mlp_ema_sgd_figure import APART, LABELS, MOMENTS, PANELS, SKIPPED
from gradus.training import evaluate
from gradus.weights import layer_shapes
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key.mlp_ema_sgd_models import MLP, WRONG_AVERAGES, WRONG_NETWORKS, WRONG_PASSES, search_with
from gradus_staff.key.mlp_ema_sgd_rules import RIGHT, Replayed, is_close, known_batches, replay

HOMEWORK = [[10], [10, 12], [12], [12, 16], [16], [16, 32], [32], [32, 784]]
"""Shapes of the homework's network, as `ask_sizes` gives them."""
NOT_KNOWN = "The layers lie in a plain Python list, so the module does not know their parameters."


def _normal_weights(rng: np.random.Generator, sizes: list[int]) -> np.ndarray:
    """Weights of layers between these sizes, flat; those of a layer keep the size of what passes through it."""
    parts = [rng.normal(size=shape) * (1.4 / math.sqrt(shape[-1])) for shape in layer_shapes(sizes)]
    return np.concatenate([part.ravel() for part in parts])


def _hidden_layers(sizes: list[int], weights: np.ndarray, x: np.ndarray) -> list[np.ndarray]:
    """What every hidden layer gives before its ReLU, and the scores, (n, width) each."""
    flat, outs = torch.tensor(weights), []
    at = 0
    for n_out, n_in in layer_shapes(sizes)[::2]:
        W = flat[at : at + n_out * n_in].reshape(n_out, n_in).numpy()
        b = flat[at + n_out * n_in : at + n_out * n_in + n_out].numpy()
        at += n_out * n_in + n_out
        outs.append(x @ W.T + b)
        x = np.maximum(outs[-1], 0)
    return outs


def _kinked(rng: np.random.Generator, sizes: list[int], n: int) -> dict[str, Any]:
    """A network whose hidden units are on for some inputs and off for others, in every layer; its scores are positive.

    So it shows whether each ReLU is there, and does not show whether one stands on the scores.
    """
    while True:
        weights, x = _normal_weights(rng, sizes), rng.normal(size=(n, sizes[0]))
        *hidden, scores = _hidden_layers(sizes, weights, x)
        shares = [float((out > 0).mean()) for out in hidden]
        if all(0.25 <= share <= 0.75 for share in shares) and all(np.abs(out).min() > 1e-3 for out in hidden):
            weights[-sizes[-1] :] += 1.0 - scores.min()
            return {"sizes": sizes, "weights": weights, "x": x}


def _all_on(rng: np.random.Generator, sizes: list[int], n: int, positive: bool = False) -> dict[str, Any]:
    """A network whose hidden units are all on, so that no ReLU shows; its scores have both signs, or one."""
    weights = np.abs(_normal_weights(rng, sizes)) + 0.1
    last = sizes[-1] * (sizes[-2] + 1)
    weights[-last:] = _normal_weights(rng, sizes)[-last:]
    x = rng.uniform(0.2, 1.0, (n, sizes[0]))
    scores = _hidden_layers(sizes, weights, x)[-1]
    weights[-sizes[-1] :] -= scores.mean(axis=0)  # about 0 each: no class is sure of itself
    if positive:
        weights[-sizes[-1] :] += 3.0 - (scores - scores.mean(axis=0)).min()
    return {"sizes": sizes, "weights": weights, "x": x}


class A(Key):
    criteria = {
        "layers and their sizes": 2,
        "ReLU after each hidden layer": 4,
        "scores of both signs": 2,
        "it trains": 2,
    }
    bonus = {"any number of hidden layers": 1}
    answer = MLP
    misconceptions = WRONG_NETWORKS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        own = [int(size) for size in rng.choice(np.arange(20, 60), 5, replace=False)]
        yield Case("layers and their sizes", "sizes", input_dim=784, hidden_sizes=[32, 16, 12], n_classes=10)
        yield Case("layers and their sizes", "sizes", input_dim=own[0], hidden_sizes=own[1:4], n_classes=own[4])
        for n in (6, 1):
            yield Case("ReLU after each hidden layer", **_kinked(rng, _sizes(rng, 3), 6 * n))
            yield Case("scores of both signs", **_all_on(rng, _sizes(rng, 3), n))
        on = _all_on(rng, _sizes(rng, 3), 12, positive=True)
        labels = rng.permutation(np.arange(12) % on["sizes"][-1])
        settings = {"learning_rate": float(rng.uniform(0.005, 0.02)), "batches": rng.integers(12, size=(3, 4))}
        yield Case("it trains", "trained", sizes=on["sizes"], weights=on["weights"], X=on["x"], y=labels, **settings)
        for hidden in (2, 4):
            yield Case("any number of hidden layers", **_kinked(rng, _sizes(rng, hidden), 8))

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "sizes" and got == []:
            return NOT_KNOWN
        if isinstance(got, Raised) and "has 0 parameters" in got.message:
            return NOT_KNOWN
        typed_in = "parameter of shape (32, 784)" in got.message if isinstance(got, Raised) else got == HOMEWORK
        if typed_in and case.inputs.get("input_dim") != 784:
            return "The sizes are typed in; a network takes them from its arguments."
        if isinstance(got, Raised) and case.criterion in self.bonus:
            return "The network is made for three hidden layers only. That costs nothing; the bonus wants any number."
        if isinstance(got, Raised) and "before Module.__init__()" in got.message:
            return "The constructor does not call super().__init__() first."
        if isinstance(got, Raised) and "does not require grad" in got.message:
            return "The scores are cut off from autograd (item(), NumPy, detach, or no_grad in forward)."
        return None


def _sizes(rng: np.random.Generator, hidden: int) -> list[int]:
    """Sizes of a small network, no two alike, so that a weight's shape says where it belongs."""
    return [int(size) for size in rng.permutation(np.arange(4, 12))[: hidden + 2]]


def _task(rng: np.random.Generator, n: int, batch_size: int) -> dict[str, Any]:
    """A small network, n images, labels of every class, and settings with which each update moves visibly."""
    d, hidden, classes = (int(size) for size in rng.permutation([3, 4, 5]))
    sizes = [d, hidden, classes]
    return {
        "sizes": sizes, "weights": _normal_weights(rng, sizes), "X": rng.normal(size=(n, d)),
        "y": rng.permutation(np.arange(n) % classes), "learning_rate": float(rng.uniform(0.2, 0.6)),
        "batch_size": batch_size, "seed": int(rng.integers(10**6)),
    }  # fmt: skip


class _Replaying(Key):
    """A key that replays a pass on the student's own batches."""

    def expect(self, case: Case) -> Observation:
        if case.how:
            return super().expect(case)
        n, batch_size = len(case.inputs["X"]), case.inputs["batch_size"]
        return Replayed(case.decoded_inputs(), self.parts(case), max(1, round(n / batch_size)), batch_size)

    def parts(self, case: Case) -> tuple[str, ...]:
        return ("parameters",)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if isinstance(got, Raised):
            return _raised(got)
        if case.how or not isinstance(got, dict):
            return None
        batches = known_batches(got)
        inputs = case.decoded_inputs()
        if sentence := self._mistake(got, inputs, None):
            return sentence
        if batches and (sentence := self._mistake(got, inputs, batches)):
            return sentence
        if got.get("both asked"):
            return "The averaged network is asked for scores, too: is it trained? It should only follow the model."
        return self.expect(case).wrong_batches(batches) or None if batches else None

    def _mistake(self, got: dict[str, Any], inputs: dict[str, Any], batches: list[list[int]] | None) -> str | None:
        """The sentence of the one rule that gives the student's parameters; None where several do, or none."""
        right = replay(RIGHT, inputs, batches)
        found = []
        for sentence, misconception in self.models().items():
            modelled = replay(misconception.model.__self__, inputs, batches)
            is_wrong = any(np.abs(right[part] - modelled[part]).max() > 1e-6 for part in right)
            if is_wrong and all(is_close(got[part], modelled[part]) for part in modelled):
                found.append(sentence)
        return found[0] if len(found) == 1 else None


def _raised(got: Raised) -> str | None:
    if "a leaf Variable that requires grad" in got.message:
        return "The update itself is recorded by autograd; it belongs into `with torch.no_grad():`."
    if "modified by an inplace operation" in got.message:
        return "A parameter was changed in place while the graph that needs it was still in use."
    if "does not require grad" in got.message:
        return "The loss is cut off from the parameters, or the forward pass ran under no_grad."
    if "missing" in got.message and "positional argument" in got.message:
        return "The function has not the arguments, in their order, that the question gives it."
    return None


def _random_batches(got: Observation) -> bool | str:
    """Are the batches drawn from rng, and anew for every update and every pass?"""
    passes = {name: known_batches({"batches": batches}) for name, batches in got.items()}
    first = passes["first"]
    if None in passes.values() or not first:
        return not any(batches == [] for batches in passes.values()) or "The model was never asked for scores."
    if len(first) > 1 and all(batch == first[0] for batch in first):
        return "Every update of the pass has the same batch."
    flat = [row for batch in first for row in batch]
    if flat == sorted(flat):
        return "The images come in their order; draw the batches at random."
    if passes["next"] == first:
        return "The second pass has the batches of the first: something sets the generator back at each pass."
    if passes["other"] == first or passes["again"] != first:
        return "The batches do not come from rng: draw them with generator=rng."
    return True


FROM_RNG = Where(_random_batches, "batches drawn at random, with rng")


class B1(_Replaying):
    criteria = {"one update": 2, "a whole pass": 2, "batches drawn from rng": 1, "in place": 1}
    answer = staticmethod(RIGHT.sgd_pass)
    misconceptions = WRONG_PASSES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("one update", **_task(rng, 6, 6))
        yield Case("one update", **_task(rng, 1, 1))
        yield Case("a whole pass", **_task(rng, 24, 4))
        yield Case("a whole pass", **_task(rng, 26, 8))
        yield Case("batches drawn from rng", "batches", n=60, batch_size=5, seed=int(rng.integers(10**6)))
        task = _task(rng, 4, 1)
        yield Case("in place", "in_place", **{name: task[name] for name in ("sizes", "weights", "X", "y")})

    def expect(self, case: Case) -> Observation:
        return FROM_RNG if case.how == "batches" else super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "batches" and isinstance(got, dict):
            sentence = _random_batches(got)
            return sentence if isinstance(sentence, str) else None
        if case.how == "in_place" and got == {"same parameters": False, "moved": True}:
            return "The model holds new parameters: an average or an optimiser that knows the old ones is left behind."
        return super().recognise(case, got)


class C1(_Replaying):
    criteria = {"the model learns as before": 2, "the average after one update": 3, "the average after a pass": 4,
                "in place": 1}  # fmt: skip
    answer = staticmethod(RIGHT.ema_sgd_pass)
    misconceptions = WRONG_AVERAGES

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion, n, batch_size in (
            ("the model learns as before", 24, 4), ("the average after one update", 6, 6),
            ("the average after one update", 1, 1), ("the average after a pass", 30, 5),
            ("the average after a pass", 26, 8),
        ):  # fmt: skip
            task = _task(rng, n, batch_size)
            averaged = _normal_weights(rng, task["sizes"])
            gamma = float(rng.uniform(0.1, 0.35))
            yield Case(criterion, averaged_weights=averaged, gamma=gamma, **task)
        task = _task(rng, 4, 1)
        yield Case("in place", "in_place", **{name: task[name] for name in ("sizes", "weights", "X", "y")})

    def parts(self, case: Case) -> tuple[str, ...]:
        return ("parameters",) if case.criterion == "the model learns as before" else ("averaged",)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if case.how == "in_place" and isinstance(got, dict) and got.get("apart") is False:
            return "The averaged network ends up equal to the model: it is the model (aliasing), or is copied from it."
        return super().recognise(case, got)


def _loss(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    return evaluate(model, X, y).loss


def _has_not_learned(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> bool:
    return not _loss(model, X, y) < DOES_NOT_LEARN


NAN_ONLY = "Only NaN counts as diverged: a network that learned nothing, with a loss of ln 10, goes unnoticed."
NAN_MISSED = "NaN goes unnoticed: every comparison with NaN is False, so `loss > 2.25` is, too."
KEPT = "The same network is trained again and again: each learning rate needs a new one."
WRONG_WAY = "The answers are the wrong way round: True where it learns."
EVERYTHING = (
    "Even images that anybody can learn are said to diverge: is the network a new one at each call, does it learn?"
)


class B2(Key):
    criteria = {"tells learning from not learning": 2, "a new network each time": 1, "notices NaN": 2, "η_div": 3}
    answer = search_with(_has_not_learned)
    misconceptions = {
        KEPT: Misconception(search_with(_has_not_learned, kept=True), "What are its weights when the call begins?"),
        NAN_ONLY: Misconception(
            search_with(lambda model, X, y: math.isnan(_loss(model, X, y))), "What is the loss of guessing among ten?"
        ),
        NAN_MISSED: Misconception(
            search_with(lambda model, X, y: _loss(model, X, y) > DOES_NOT_LEARN), "What is not (nan < 2.25)?"
        ),
        WRONG_WAY: Misconception(
            search_with(lambda model, X, y: not _has_not_learned(model, X, y)), "diverges or learns?"
        ),
        EVERYTHING: Misconception(search_with(lambda model, X, y: True), "What are its weights when the call begins?"),
        "η_div is the last learning rate that learns; the question asks for the first that does not.": Misconception(
            search_with(_has_not_learned, lambda first: first / 2), "Does your own function say that it diverges?"
        ),
        "η_div is one step too far: a smaller learning rate diverges already.": Misconception(
            search_with(_has_not_learned, lambda first: 2 * first), "At which value does your loop stop?"
        ),
        "η_div is none of 1e-3, 2e-3, 4e-3, …": Misconception(
            search_with(_has_not_learned, lambda first: 0.05), "Which learning rates does the question allow?"
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        seeds = [int(seed) for seed in rng.integers(10**6, size=3)]
        yield Case("tells learning from not learning", lessons=["learnable", "nothing to learn"], seed=seeds[0])
        yield Case("a new network each time", "anew")
        yield Case("η_div", "search", seed=seeds[1])
        # last, because a network that is kept does not recover from it
        yield Case("notices NaN", lessons=["learnable", "overflow"], seed=seeds[2])

    def expect(self, case: Case) -> Observation:
        if case.how == "search":
            return Where(_is_first, "the first learning rate that diverges by your own rule")
        if case.how == "anew":
            return Where(_ends_as_it_began, "the same answer to the same question, whatever was trained between")
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if not case.how and got == [False, False]:
            return NAN_ONLY if case.criterion == "tells learning from not learning" else NAN_MISSED
        if case.how == "anew" and got == [True, False, False]:
            return KEPT
        if not case.how and got == [True, False]:
            return WRONG_WAY
        if not case.how and got == [True, True]:
            return EVERYTHING
        if case.how == "search" and isinstance(got, dict):
            return _wrong_search(got)
        return None


def _ends_as_it_began(got: Observation) -> bool | str:
    if got[1] is not False:
        return "Images that anybody can learn are said to diverge."
    return got[0] == got[2] or "The answer for one learning rate depends on which others were tried before."


def _is_first(got: Observation) -> bool | str:
    eta, first = got["eta_div"], [rate for rate in got["first"] if rate is not None]
    if got["rule"] == [True, True]:
        return EVERYTHING
    if not is_candidate(eta):
        return "η_div is none of 1e-3, 2e-3, 4e-3, …"
    if not first:
        return "By your rule no learning rate up to 2 diverges, so there is nothing that η_div could be."
    if any(math.isclose(eta, rate, rel_tol=1e-6) for rate in first):
        return True
    return "η_div is not the first learning rate that diverges by your rule."


def _wrong_search(got: dict[str, Any]) -> str | None:
    eta, first = got["eta_div"], [rate for rate in got["first"] if rate is not None]
    if not is_candidate(eta):
        return "η_div is none of 1e-3, 2e-3, 4e-3, …"
    if got["rule"] == [True, True]:
        return EVERYTHING
    if first and got["rule"] == [False, True] and all(eta < rate for rate in first):
        return "η_div is the last learning rate that learns; the question asks for the first that does not."
    if first and got["rule"] == [False, True] and all(eta > rate for rate in first):
        return "η_div is one step too far: a smaller learning rate diverges already."
    return None


class C2(Key):
    criteria = {
        "four panels": 2,
        "first two passes left out": 1,
        "axes labelled": 1,
        "same moments": 2,
        "two models": 2,
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for criterion in ("four panels", "first two passes left out", "axes labelled"):
            yield Case(criterion)
        yield Case("same moments", "ends")
        yield Case("two models", "apart")

    def expect(self, case: Case) -> Observation:
        return {
            "four panels": PANELS, "first two passes left out": SKIPPED, "axes labelled": LABELS,
            "same moments": MOMENTS, "two models": APART,
        }[case.criterion]  # fmt: skip

    def recognise(self, case: Case, got: Observation) -> str | None:
        if not isinstance(got, dict):
            return None
        if case.criterion == "two models" and got["apart"] is False:
            return "`averaged = model` makes a second name, not a second model: both curves are the same."
        if case.criterion == "two models" and got["differ"] is False:
            return "The averaged model has the weights of the model."
        if case.criterion in ("same moments", "first two passes left out"):
            sentence = (MOMENTS if case.criterion == "same moments" else SKIPPED).test(got)
            return sentence if isinstance(sentence, str) else None
        return None
