"""What the experiments accept: each check gives the value back, or says what came and what is allowed."""

import math
import numbers

import torch
from torch import Tensor

__all__ = [
    "check_batch_size",
    "check_count",
    "check_data",
    "check_gamma",
    "check_learning_rate",
    "check_momentum",
]


def check_learning_rate(learning_rate: float) -> float:
    """The learning rate as a float; ValueError unless it is a finite number above 0."""
    return _check_between("learning_rate", learning_rate, 0, math.inf)


def check_gamma(gamma: float) -> float:
    """The weight of the newest model in an average, as a float; ValueError unless 0 < gamma < 1."""
    return _check_between("gamma", gamma, 0, 1)


def check_momentum(momentum: float) -> float:
    """The momentum as a float; ValueError unless 0 <= momentum < 1."""
    return _check_between("momentum", momentum, 0, 1, low_included=True)


def check_count(name: str, value: int) -> int:
    """The value as an int; ValueError unless it is a whole number of at least 1."""
    if not _is_whole(value) or value < 1:
        raise ValueError(f"{name} = {value!r} is not allowed: a whole number of at least 1 is.")
    return int(value)


def check_batch_size(batch_size: int, n: int) -> int:
    """The batch size as an int; ValueError unless it is a whole number from 1 to n, the number of examples."""
    if not _is_whole(batch_size) or not 1 <= batch_size <= n:
        raise ValueError(f"batch_size = {batch_size!r} is not allowed: with {n} examples, a whole number 1 to {n} is.")
    return int(batch_size)


def check_data(X: Tensor, y: Tensor, n_classes: int | None = None) -> None:
    """ValueError unless X and y belong together and can be learned from.

    X  (n, ...) numbers without NaN or infinity    y  (n,) whole numbers from 0 to n_classes - 1
    """
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} examples and y has {len(y)} labels: they must be as many.")
    if len(X) == 0:
        raise ValueError("X has 0 examples: at least 1 is needed.")
    check_labels(y, n_classes)
    if X.is_floating_point() and not math.isfinite(X.sum()) and not bool(X.isfinite().all()):
        row = int((~X.isfinite()).reshape(len(X), -1).any(1).nonzero()[0])
        bad = X[row][~X[row].isfinite()].flatten()[0].item()
        raise ValueError(f"X holds {bad} (first in example {row}): only finite numbers are allowed.")


def check_labels(y: Tensor, n_classes: int | None) -> None:
    """ValueError unless y (n,) holds whole numbers from 0 to n_classes - 1 (from 0, where n_classes is None)."""
    if y.dim() != 1 or y.is_floating_point() or y.is_complex() or y.dtype == torch.bool:
        raise ValueError(f"y is {y.dtype} of shape {tuple(y.shape)}: whole numbers of shape (n,) are allowed.")
    low, high = int(y.min()), int(y.max())
    if low < 0 or (n_classes is not None and high >= n_classes):
        bad = low if low < 0 else high
        allowed = "0 and above" if n_classes is None else f"0 to {n_classes - 1}"
        raise ValueError(f"label {bad} is out of range: {allowed} is allowed.")


def _check_between(name: str, value: float, low: float, high: float, low_included: bool = False) -> float:
    is_number = isinstance(value, numbers.Real) or (isinstance(value, Tensor) and value.numel() == 1)
    inside = is_number and not isinstance(value, bool) and (low < value < high or (low_included and value == low))
    if not inside:
        sign = "<=" if low_included else "<"
        raise ValueError(f"{name} = {value!r} is not allowed: {low} {sign} {name} < {high} is.")
    return float(value)


def _is_whole(value) -> bool:
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)
