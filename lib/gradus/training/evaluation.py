"""How good a model is: loss and accuracy over a whole data set, every example counted once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training.validation import check_count, check_labels

__all__ = ["Evaluation", "device_of", "evaluate", "evaluation_mode"]


class Evaluation(NamedTuple):
    """Mean multinomial logistic loss, and the fraction of right answers."""

    loss: float
    accuracy: float


def evaluate(model: nn.Module, X: Tensor, y: Tensor, chunk: int = 250) -> Evaluation:
    """Loss and accuracy over all of X, in chunks; a short last chunk weighs what it holds, not as much as the others.

    X  (n, ...)    y  (n,) int64    chunk  examples at a time
    Runs in eval mode, without gradients, on the model's device; each part of the model is then as it was.
    A model that answers NaN is right nowhere: its accuracy is NaN, not the share of class 0.
    """
    check_count("chunk", chunk)
    if len(X) != len(y) or len(X) == 0:
        raise ValueError(f"X has {len(X)} examples and y has {len(y)} labels: they must be as many, and at least 1.")
    device = device_of(model)
    loss, right, is_finite = 0.0, 0, True
    with torch.no_grad(), evaluation_mode(model):
        for X_part, y_part in zip(X.split(chunk), y.split(chunk), strict=True):
            scores, labels = model(X_part.to(device)), y_part.to(device)
            check_labels(labels, scores.shape[1])
            loss += cross_entropy(scores, labels, reduction="sum").double().item()
            right += int((scores.argmax(1) == labels).sum())
            is_finite = is_finite and not bool(scores.isnan().any())
    return Evaluation(loss / len(X), right / len(X) if is_finite else float("nan"))


def device_of(model: nn.Module) -> torch.device:
    """Where the model's parameters live; the CPU for a model without parameters."""
    return next((p.device for p in model.parameters()), torch.device("cpu"))


@contextmanager
def evaluation_mode(model: nn.Module) -> Iterator[None]:
    """Eval mode within; afterwards every part of the model is in the mode in which it was."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, was_training in modes:
            module.training = was_training
