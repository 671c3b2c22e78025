"""Training one model pass by pass: what surrounds the updates is here, the updates may be the student's own."""

import math
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field

import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training.batches import as_generator, draw_pass
from gradus.training.evaluation import device_of
from gradus.training.log import Log
from gradus.training.progress import progress_bar
from gradus.training.threads import best_threads
from gradus.training.validation import (
    check_batch_size,
    check_count,
    check_data,
    check_learning_rate,
    check_momentum,
)

__all__ = ["Run", "has_diverged", "train"]

Measure = Callable[[nn.Module], Mapping[str, float]]


@dataclass
class Run:
    """What a training was: the model, its log, the time of each pass, and whether it diverged.

    pass_seconds     seconds of each pass, logging excluded    logging_seconds  of all logging together
    threads          threads used                              diverged_at      the pass in which it did, or None
    """

    model: nn.Module
    log: Log
    threads: int
    pass_seconds: list[float] = field(default_factory=list)
    logging_seconds: float = 0.0
    diverged_at: int | None = None

    @property
    def message(self) -> str:
        """How it went, in one sentence."""
        if self.diverged_at is not None:
            return f"diverged at pass {self.diverged_at}: a loss or a weight is no longer a finite number"
        return f"{len(self.pass_seconds)} passes, {sum(self.pass_seconds):.1f} s of training"


def has_diverged(model: nn.Module, loss: float | Tensor = 0.0) -> bool:
    """Whether the loss, or any weight of the model, is NaN or infinite."""
    return not math.isfinite(float(loss)) or not all(bool(p.detach().isfinite().all()) for p in model.parameters())


def train(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    *,
    learning_rate: float,
    batch_size: int,
    passes: int,
    seed: int | Generator = 0,
    momentum: float = 0.0,
    measure: Measure | None = None,
    name: str = "model",
    log: Log | None = None,
    one_pass: Callable[..., object] | None = None,
    choose_threads: bool = True,
    progress: bool | None = None,
) -> Run:
    """Train a model in place with minibatch SGD on the multinomial logistic loss, and measure it after every pass.

    X  (n, ...)    y  (n,) int64    seed  of the batches (or a generator), drawn with replacement
    measure    gives the values to log, for instance {"train loss": 0.3}; called after every pass, off the clock
    name, log  under which name, and in which log, so that several models share one
    one_pass   the pass to use in place of the library's: one_pass(model, X, y, learning_rate, batch_size, rng)
    progress   whether a bar is shown; None: unless grading
    A training that diverges stops after that pass, is said, and has `diverged_at` in its Run.
    """
    check_data(X, y)
    learning_rate, momentum = check_learning_rate(learning_rate), check_momentum(momentum)
    batch_size, passes = check_batch_size(batch_size, len(X)), check_count("passes", passes)
    device, rng = device_of(model), as_generator(seed)
    X, y = X.to(device), y.to(device)
    log = Log() if log is None else log
    if one_pass is None:
        one_pass = _SGD(model, momentum)
    elif momentum:
        raise ValueError(f"momentum = {momentum} is not allowed together with one_pass: the pass has its own updates.")

    threads = best_threads(model, X[:batch_size], y[:batch_size]) if choose_threads else nullcontext()
    with threads:
        run = Run(model, log, torch.get_num_threads())
        for k in progress_bar(range(1, passes + 1), name, progress):
            model.train()
            start = time.perf_counter()
            loss = one_pass(model, X, y, learning_rate, batch_size, rng)
            run.pass_seconds.append(time.perf_counter() - start)
            start = time.perf_counter()
            if has_diverged(model, loss if isinstance(loss, (int, float)) else 0.0):
                run.diverged_at = k
            if measure is not None:
                log.record(k, name, measure(model))
            run.logging_seconds += time.perf_counter() - start
            if run.diverged_at is not None:
                print(f"{name} {run.message}")
                break
    return run


class _SGD:
    """Passes of minibatch SGD; the momentum lives on from pass to pass."""

    def __init__(self, model: nn.Module, momentum: float) -> None:
        self.optimizer = torch.optim.SGD(model.parameters(), lr=1.0, momentum=momentum)

    def __call__(self, model, X, y, learning_rate, batch_size, rng) -> float:
        """One pass over (X, y); returns the sum of the batches' losses, which is not finite where one was not."""
        self.optimizer.param_groups[0]["lr"] = learning_rate
        total = torch.zeros((), dtype=torch.float64, device=X.device)
        for batch in draw_pass(len(X), batch_size, rng).to(X.device):
            loss = cross_entropy(model(X[batch]), y[batch])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            total += loss.detach()
        return total.item()
