"""Many models of one kind, each from its own seed: trained one by one, or all at once.

>>> one = train_one(make_model, X, y, seed=3, test=(X_test, y_test))            # doctest: +SKIP
>>> ten = train_ensemble(make_model, X, y, seeds=range(10), test=(X_test, y_test))   # doctest: +SKIP
>>> print(ten.mean_accuracy)                                                    # doctest: +SKIP
0.672 ± 0.011 over 9 models; 1 of 10 left out (model 3 diverged at epoch 7)

`ten[3]` is `one` but for rounding: the same initial weights, the same batches, the same updates.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training.batches import draw_pass
from gradus.training.evaluation import device_of, evaluate
from gradus.training.loop import has_diverged
from gradus.training.progress import progress_bar
from gradus.training.results import EnsembleResult, MeanAccuracy, TrainedModel, divergence
from gradus.training.stack import ModelStack, StackError
from gradus.training.threads import fastest_thread_count, thread_count
from gradus.training.validation import (
    check_batch_size,
    check_count,
    check_data,
    check_learning_rate,
    check_momentum,
)

__all__ = ["EnsembleResult", "MeanAccuracy", "TrainedModel", "train_ensemble", "train_one"]

_BATCH_SEEDS_FROM = 1_000_003  # the batches' generator is not the one that drew the weights
_MANY_UPDATES = 200  # from here on it pays to try out how many threads are best


def train_one(
    make_model: Callable[[], nn.Module],
    X: Tensor,
    y: Tensor,
    seed: int = 0,
    *,
    test: tuple[Tensor, Tensor] | None = None,
    epochs: int = 50,
    batch_size: int = 32,
    learning_rate: float = 0.1,
    momentum: float = 0.8,
    progress: bool | None = None,
) -> TrainedModel:
    """Train one model with SGD with momentum on the multinomial logistic loss.

    make_model  called without arguments, right after the random numbers were set to the seed
    X           (n, ...)    y  (n,) int64    test  (X_test, y_test), for the accuracy
    An epoch is round(n / batch_size) updates on batches drawn with replacement. A model whose loss or weights are no
    longer finite at the end of an epoch has diverged: it stops there, and that is printed.
    """
    settings = _Settings(len(X), epochs, batch_size, learning_rate, momentum)
    check_data(X, y)
    result = _train_alone(_made(make_model, seed), X, y, seed, settings, progress)
    if result.diverged_at is not None:
        print(divergence(f"with seed {seed}", result.diverged_at))
    _measure([result], test)
    return result


def train_ensemble(
    make_model: Callable[[], nn.Module],
    X: Tensor,
    y: Tensor,
    seeds: Iterable[int] = range(10),
    *,
    test: tuple[Tensor, Tensor] | None = None,
    epochs: int = 50,
    batch_size: int = 32,
    learning_rate: float = 0.1,
    momentum: float = 0.8,
    progress: bool | None = None,
) -> EnsembleResult:
    """Train one model for each seed, all at once: the same arguments and results as `train_one`, but faster.

    A model that diverges is taken out of the stack at the end of that epoch, named in a printed line, and never part
    of `mean_accuracy`. Models that `torch.func` cannot stack are trained one by one, and the result says so. The
    models agree with train_one's within rounding, unless they draw random numbers (Dropout) while they train.
    """
    seeds = [int(seed) for seed in seeds]
    check_count("the number of seeds", len(seeds))
    settings = _Settings(len(X), epochs, batch_size, learning_rate, momentum)
    check_data(X, y)
    models = [_made(make_model, seed) for seed in seeds]
    try:
        result = EnsembleResult(_train_together(models, X, y, seeds, settings, progress))
    except StackError as reason:
        members = [
            _train_alone(model, X, y, seed, settings, progress) for model, seed in zip(models, seeds, strict=True)
        ]
        result = EnsembleResult(members, trained_together=False, why_not=str(reason))
    for i, epoch in result.diverged.items():
        print(divergence(i, epoch))
    _measure(result.members, test)
    return result


class _Settings:
    """The checked settings of a training."""

    def __init__(self, n: int, epochs: int, batch_size: int, learning_rate: float, momentum: float) -> None:
        self.epochs = check_count("epochs", epochs)
        self.batch_size = check_batch_size(batch_size, n)
        self.learning_rate = check_learning_rate(learning_rate)
        self.momentum = check_momentum(momentum)


def _made(make_model: Callable[[], nn.Module], seed: int) -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return make_model().train()


def _batch_rng(seed: int) -> Generator:
    return torch.Generator().manual_seed(seed + _BATCH_SEEDS_FROM)


def _measure(members: Iterable[TrainedModel], test: tuple[Tensor, Tensor] | None) -> None:
    if test is None:
        return
    X, y = test
    for member in members:
        member.accuracy = evaluate(member.model, X, y).accuracy if member.diverged_at is None else float("nan")


def _train_alone(model, X, y, seed, settings, progress) -> TrainedModel:
    """The loop for one model: plain PyTorch."""
    device, rng = device_of(model), _batch_rng(seed)
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.learning_rate, momentum=settings.momentum)
    result = TrainedModel(model, seed, [])
    for epoch in progress_bar(range(1, settings.epochs + 1), f"model with seed {seed}", progress):
        total = torch.zeros((), dtype=torch.float64, device=device)
        plan = draw_pass(len(X), settings.batch_size, rng).to(device)
        for batch in plan:
            loss = cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach()
        result.losses.append(total.item() / len(plan))
        if has_diverged(model, total):
            result.diverged_at = epoch
            break
    optimizer.zero_grad()
    return result


def _train_together(models, X, y, seeds, settings, progress) -> list[TrainedModel]:
    """The loop for all models; those that diverge leave the stack."""
    device, rngs = device_of(models[0]), [_batch_rng(seed) for seed in seeds]
    X, y = X.to(device), y.to(device)
    results = [TrainedModel(model, seed, []) for model, seed in zip(models, seeds, strict=True)]
    in_stack = list(range(len(models)))
    sample = torch.arange(settings.batch_size, device=device).expand(len(models), -1)
    stack = ModelStack(models, X[sample])
    threads = torch.get_num_threads()
    if device.type == "cpu" and settings.epochs * len(X) / settings.batch_size >= _MANY_UPDATES:
        trial = _Updates(ModelStack(models, X[sample]), settings)
        shapes = tuple((name, tuple(p.shape)) for name, p in stack.parameters.items())
        with torch.random.fork_rng(devices=[]):
            threads = fastest_thread_count(lambda: trial(X[sample], y[sample]), (shapes, tuple(X[sample].shape)))
    with thread_count(threads):
        update = _Updates(stack, settings)
        for epoch in progress_bar(range(1, settings.epochs + 1), f"{len(models)} models", progress):
            plan = torch.stack([draw_pass(len(X), settings.batch_size, rngs[i]) for i in in_stack], 1).to(device)
            total = torch.zeros(len(in_stack), dtype=torch.float64, device=device)
            for batches in plan:
                total += update(X[batches], y[batches])
            healthy = total.isfinite() & stack.are_finite()
            for i, loss in zip(in_stack, (total / len(plan)).tolist(), strict=True):
                results[i].losses.append(loss)
            if not bool(healthy.all()):
                stack.write_to([models[i] for i in in_stack])
                for i, is_healthy in zip(in_stack, healthy.tolist(), strict=True):
                    results[i].diverged_at = None if is_healthy else epoch
                in_stack = [i for i, is_healthy in zip(in_stack, healthy.tolist(), strict=True) if is_healthy]
                if not in_stack:
                    return results
                update.keep(healthy)
        stack.write_to([models[i] for i in in_stack])
    return results


class _Updates:
    """SGD with momentum for a stack: as torch.optim.SGD does it for one model."""

    def __init__(self, stack: ModelStack, settings: _Settings) -> None:
        self.stack, self.settings = stack, settings
        self.velocity = [torch.zeros_like(p, requires_grad=False) for p in stack.parameters.values()]

    def __call__(self, X: Tensor, y: Tensor) -> Tensor:
        """One update of every model on its own batch, X (E, batch, ...), y (E, batch); returns the losses (E,)."""
        scores = self.stack(X)
        losses = cross_entropy(scores.flatten(0, 1), y.flatten(), reduction="none").view(y.shape).mean(1)
        parameters = list(self.stack.parameters.values())
        gradients = torch.autograd.grad(losses.sum(), parameters, allow_unused=True)
        with torch.no_grad():
            for p, gradient, velocity in zip(parameters, gradients, self.velocity, strict=True):
                if gradient is not None:
                    velocity.mul_(self.settings.momentum).add_(gradient)
                    p.sub_(velocity, alpha=self.settings.learning_rate)
        return losses.detach()

    def keep(self, chosen: Tensor) -> None:
        """Go on with these models only; chosen (E,) bool."""
        self.stack.keep(chosen)
        self.velocity = [velocity[chosen] for velocity in self.velocity]
