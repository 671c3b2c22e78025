"""The mistakes of mlp_ema_sgd as executable models: wrong networks, wrong passes, wrong averages, wrong searches."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training import has_diverged
from gradus.training.threads import thread_count
from gradus_staff.answer_key import Misconception
from gradus_staff.key.mlp_ema_sgd_rules import RIGHT, Memory, Rule

__all__ = ["MLP", "WRONG_AVERAGES", "WRONG_NETWORKS", "WRONG_PASSES", "search_with"]


class MLP(nn.Module):
    """Linear layers with ReLU between them; subclasses are the mistakes."""

    bias = True

    def __init__(self, input_dim: int, hidden_sizes: list[int], n_classes: int) -> None:
        super().__init__()
        sizes = self.sizes(input_dim, hidden_sizes, n_classes)
        self.layers = nn.ModuleList(nn.Linear(a, b, bias=self.bias) for a, b in pairwise(sizes))

    def sizes(self, input_dim: int, hidden_sizes: list[int], n_classes: int) -> list[int]:
        return [input_dim, *hidden_sizes, n_classes]

    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.relu(x)

    def end(self, scores: Tensor) -> Tensor:
        return scores

    def forward(self, x: Tensor) -> Tensor:
        *hidden, last = self.layers
        for index, layer in enumerate(hidden):
            x = self.activation(layer(x), index)
        return self.end(last(x))


class _Dropped(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        torch.relu(x)
        return x


class _FirstOnly(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.relu(x) if layer == 0 else x


class _NotLast(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.relu(x) if layer < len(self.layers) - 2 else x


class _Tanh(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.tanh(x)


class _Sigmoid(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.sigmoid(x)


class _Leaky(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return nn.functional.leaky_relu(x)


class _Absolute(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return x.abs()


class _ReluOnScores(MLP):
    def end(self, scores: Tensor) -> Tensor:
        return torch.relu(scores)


class _Softmax(MLP):
    def end(self, scores: Tensor) -> Tensor:
        return scores.softmax(1)


class _LogSoftmax(MLP):
    def end(self, scores: Tensor) -> Tensor:
        return scores.log_softmax(1)


class _ReluOnInput(MLP):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(torch.relu(x))


class _NoBias(MLP):
    bias = False


class _Reversed(MLP):
    def sizes(self, input_dim: int, hidden_sizes: list[int], n_classes: int) -> list[int]:
        return [input_dim, *reversed(hidden_sizes), n_classes]


class _OneLess(MLP):
    def sizes(self, input_dim: int, hidden_sizes: list[int], n_classes: int) -> list[int]:
        return [input_dim, *hidden_sizes[:-1], n_classes]


class _PlainList(MLP):
    def __init__(self, input_dim: int, hidden_sizes: list[int], n_classes: int) -> None:
        super().__init__(input_dim, hidden_sizes, n_classes)
        layers = list(self.layers)
        del self.layers
        self.layers = layers  # type: ignore[assignment]


class _CutOff(MLP):
    def activation(self, x: Tensor, layer: int) -> Tensor:
        return torch.relu(x).detach()


WRONG_NETWORKS = {
    "The result of ReLU is dropped, so the network is linear: relu(out) does not change out.": (
        Misconception(_Dropped, "What does `relu(out)` change: out itself, or nothing but the tensor that it returns?")
    ),
    "ReLU stands on the scores, too: a score can then never be negative.": Misconception(
        _ReluOnScores, "What may a score be, and what comes after the last layer?"
    ),
    "The network returns probabilities (softmax); cross_entropy wants the scores and does the softmax itself.": (
        Misconception(_Softmax, "What does cross_entropy do with its input before it takes the logarithm?")
    ),
    "The network returns log-probabilities (log_softmax); the question asks for the scores.": Misconception(
        _LogSoftmax, "What comes after the last layer?"
    ),
    "Only the first hidden layer has a ReLU.": Misconception(_FirstOnly, "How many ReLUs does the picture show?"),
    "The last hidden layer has no ReLU.": Misconception(_NotLast, "How many ReLUs does the picture show?"),
    "The activation is tanh, not ReLU.": Misconception(_Tanh, "What does ReLU make of 3?"),
    "The activation is the sigmoid, not ReLU.": Misconception(_Sigmoid, "What does ReLU make of 3?"),
    "The activation is a leaky ReLU: ReLU makes 0 of every negative number.": Misconception(_Leaky),
    "The activation is the absolute value; ReLU makes 0 of every negative number.": Misconception(_Absolute),
    "ReLU is applied to the input, too: a pixel below its mean is then lost.": Misconception(
        _ReluOnInput, "Where does the first ReLU stand?"
    ),
    "The layers have no biases.": Misconception(_NoBias, "How many parameters has a layer?"),
    "The hidden layers come in the reverse order.": Misconception(_Reversed, "Which layer meets the pixels?"),
    "A hidden layer is missing.": Misconception(_OneLess, "How many hidden sizes are there, and how many layers?"),
    "The layers lie in a plain Python list, so the module does not know their parameters.": Misconception(
        _PlainList, "What is nn.ModuleList for?"
    ),
    "The hidden layers get no gradient: somewhere a tensor is detached, or its numbers are copied.": Misconception(
        _CutOff, "Which operation leaves the graph?"
    ),
}


def _uphill(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    return [learning_rate * g for g in gradients]


def _added_up(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    memory["sum"] = [a + g for a, g in zip(memory.get("sum", [0.0] * len(gradients)), gradients, strict=True)]
    return [-learning_rate * g for g in memory["sum"]]


def _momentum(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    memory["v"] = [0.9 * v + g for v, g in zip(memory.get("v", [0.0] * len(gradients)), gradients, strict=True)]
    return [-learning_rate * v for v in memory["v"]]


def _sign(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    return [-learning_rate * g.sign() for g in gradients]


def _adam(gradients: list[Tensor], learning_rate: float, memory: Memory) -> list[Tensor]:
    """As torch.optim.Adam with its defaults."""
    t = memory["t"] = memory.get("t", 0) + 1
    zeros = [torch.zeros_like(g) for g in gradients]
    memory["m"] = [0.9 * m + 0.1 * g for m, g in zip(memory.get("m", zeros), gradients, strict=True)]
    memory["v"] = [0.999 * v + 0.001 * g**2 for v, g in zip(memory.get("v", zeros), gradients, strict=True)]
    corrected = [(m / (1 - 0.9**t), v / (1 - 0.999**t)) for m, v in zip(memory["m"], memory["v"], strict=True)]
    return [-learning_rate * m / (v.sqrt() + 1e-8) for m, v in corrected]


def _typed_in(rate: float) -> Any:
    return lambda gradients, learning_rate, memory: [-rate * g for g in gradients]


def _summed(scores: Tensor, labels: Tensor) -> Tensor:
    return cross_entropy(scores, labels, reduction="sum")


def _after_softmax(scores: Tensor, labels: Tensor) -> Tensor:
    return cross_entropy(scores.softmax(1), labels)


def _squares(scores: Tensor, labels: Tensor) -> Tensor:
    return ((scores - nn.functional.one_hot(labels, scores.shape[1])) ** 2).mean()


def _divided(scores: Tensor, labels: Tensor) -> Tensor:
    return cross_entropy(scores, labels) / len(labels)


_STEPS: dict[str, tuple[Rule, str]] = {
    "The step goes uphill: w + ηg in place of w − ηg.": (Rule(step=_uphill), "Which way does the loss fall?"),
    "The losses of a batch are added up, not averaged: every step is batch_size times too long.": (
        Rule(loss=_summed), "What does reduction='mean' mean, and which one did you use?",
    ),
    "The mean loss is divided by the batch size once more: every step is too short.": (
        Rule(loss=_divided), "Has cross_entropy not taken the mean already?",
    ),
    "A softmax stands before cross_entropy, which does one itself.": (
        Rule(loss=_after_softmax), "What does cross_entropy expect: scores or probabilities?",
    ),
    "The loss is a squared error, not the logistic loss.": (Rule(loss=_squares), "Which loss does the question name?"),
    "Gradients of earlier batches are still in .grad and are added up; they must be cleared before each backward().": (
        Rule(step=_added_up), "What does backward() do with a .grad that is already there?",
    ),
    "The gradient is taken once and used for the whole pass; every update needs a new one, at the new weights.": (
        Rule(one_gradient=True), "At which weights, and on which batch, was your gradient taken?",
    ),
    "Nothing reaches the model: p = p - step gives the name p to a new tensor, the model keeps its own.": (
        Rule(reaches=("averaged",)), "Which operation changes a tensor itself?",
    ),
    "There is momentum in the updates; the question asks for plain SGD.": (
        Rule(step=_momentum), "What does each step depend on, besides the gradient of its own batch?",
    ),
    "These are updates of Adam; the question asks for plain SGD.": (Rule(step=_adam), "What is the formula of SGD?"),
    "Only the sign of the gradient is used.": (Rule(step=_sign), "What is the formula of SGD?"),
    "Only the weight matrices are updated, the biases are not.": (
        Rule(moves=lambda index, p: p.dim() > 1), "Which tensors does model.parameters() list?",
    ),
    "Only the last layer is updated.": (Rule(moves=lambda index, p: index >= 2), "Which parameters are updated?"),
    "Images and labels are drawn apart, so an image meets the label of another.": (
        Rule(labels_apart=True), "How often do you draw for one batch?",
    ),
    **{
        f"The learning rate is typed in ({rate:g}); the function has one as an argument.": (
            Rule(step=_typed_in(rate)), "Where does learning_rate appear in your code?",
        )
        for rate in (0.001, 0.01, 0.1, 0.008)
    },
}  # fmt: skip

WRONG_PASSES = {sentence: Misconception(rule.sgd_pass, hint) for sentence, (rule, hint) in _STEPS.items()}


def _first_copies(average: Tensor, before: Tensor, after: Tensor, gamma: float, t: int) -> Tensor:
    return after if t == 1 else (1 - gamma) * average + gamma * after


def _corrected(average: Tensor, before: Tensor, after: Tensor, gamma: float, t: int) -> Tensor:
    """What Adam does to its means: divided by 1 - (1 - gamma)^t, as if it had begun at 0."""
    return ((1 - gamma) * average + gamma * after) / (1 - (1 - gamma) ** t)


_AVERAGES: dict[str, tuple[Rule, str]] = {
    "The average is taken before the update: it gets w_t in place of w_{t+1}.": (
        Rule(average=lambda average, before, after, gamma, t: (1 - gamma) * average + gamma * before),
        "Which weights does the formula add, those before the update or those after it?",
    ),
    "γ and 1 − γ have changed places: the average keeps γ of itself and takes 1 − γ of the new weights.": (
        Rule(average=lambda average, before, after, gamma, t: gamma * average + (1 - gamma) * after),
        "γ is small. Which of the two should hardly change the average?",
    ),
    "The gradient is taken at the averaged weights; it belongs to the weights that are updated.": (
        Rule(looks_at="averaged"), "Which network did you ask for the scores of the batch?",
    ),
    "The average feeds back into the updates: the model is set to it.": (
        Rule(feeds_back=True), "Does the model ever read from the average, in the formula?",
    ),
    "The average is taken once a pass; the formula does it after every update.": (
        Rule(average_every="pass"), "Inside or outside the loop over batches?",
    ),
    "The average starts anew at the model's weights in every pass; it must go on from where it was.": (
        Rule(average_starts_at="model"), "Where does the average come from when the second pass begins?",
    ),
    "Nothing reaches the average: a = (1 - γ) * a + γ * p gives the name a to a new tensor.": (
        Rule(reaches=("model",)), "Which operation changes a tensor itself?",
    ),
    "The averaged network ends up equal to the model: it is the model (aliasing), or is copied from it.": (
        Rule(average=lambda average, before, after, gamma, t: after),
        "After `a.data = p.data`, how many tensors are there?",
    ),
    "This is the mean of all weights so far, not a running average with the given γ.": (
        Rule(average=lambda average, before, after, gamma, t: average + (after - average) / (t + 1)),
        "What is the share of the newest weights after a thousand updates?",
    ),
    "The first update copies the model, as AveragedModel does; the average starts at its own weights.": (
        Rule(average=_first_copies), "What does AveragedModel do while its n_averaged is 0?",
    ),
    "The average is divided by 1 − (1 − γ)^t, as in Adam; it starts at the weights, not at 0.": (
        Rule(average=_corrected), "What would the average be if the weights never moved?",
    ),
    "The average loses weight: the new part is added, but the old one is not made smaller.": (
        Rule(average=lambda average, before, after, gamma, t: average + gamma * after),
        "Do the two shares of your average add up to 1?",
    ),
    "The average is of w_t and w_{t+1} only; the old average is not in it.": (
        Rule(average=lambda average, before, after, gamma, t: (1 - gamma) * before + gamma * after),
        "Where does the old average appear on the right-hand side?",
    ),
}  # fmt: skip

_CARRIED_OVER = (
    "The step goes uphill", "The losses of a batch are added up", "Gradients of earlier batches", "A softmax stands",
    "Nothing reaches the model", "The gradient is taken once and used", "There is momentum",
    "These are updates of Adam", "Images and labels are drawn apart",
)  # fmt: skip

WRONG_AVERAGES = {
    sentence: Misconception(rule.ema_sgd_pass, hint)
    for sentence, (rule, hint) in {
        **_AVERAGES,
        **{sentence: pair for sentence, pair in _STEPS.items() if sentence.startswith(_CARRIED_OVER)},
    }.items()
}


def search_with(rule: Any, choose: Any = lambda first: first, kept: bool = False) -> tuple[Any, float]:
    """An answer to B2: `rule(model, X, y)` says whether the trained network has not learned.

    choose  eta_div from the first learning rate that diverges        kept  one network is trained on, until it breaks
    On its own images, which it has not, every learning rate from 0.05 on diverges: the first is 0.064.
    """
    own: list[nn.Module] = []

    def diverges(eta: float, X: Tensor | None = None, y: Tensor | None = None) -> bool:
        if X is None or y is None:
            return eta >= 0.05
        torch.manual_seed(0)
        if not kept or not own or has_diverged(own[0]):
            own[:] = [MLP(X.shape[1], [32, 16, 12], 10)]
        with thread_count(1):
            RIGHT.sgd_pass(own[0], X, y, eta, 8, torch.Generator().manual_seed(0))
            return bool(rule(own[0], X, y))

    return diverges, choose(0.064)
