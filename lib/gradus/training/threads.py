"""How many threads a training step should use: tried out, because small networks are slower with two than with one."""

import copy
import os
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training.evaluation import device_of

__all__ = ["best_threads", "fastest_thread_count", "thread_candidates", "thread_count", "use_best_threads"]

_WORTH_IT = 0.85  # more threads must take less than this share of the time: they are taken from somebody
_HOPELESS = 2.0  # this many times as slow after one step, a candidate is not measured further
_chosen: dict[Hashable, int] = {}


def thread_candidates() -> list[int]:
    """1, 2, 4, … up to the cores that this process may use."""
    has_affinity = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return [2**k for k in range(cores.bit_length()) if 2**k <= cores]


def fastest_thread_count(
    step: Callable[[], object], key: Hashable = None, candidates: Sequence[int] | None = None, repeats: int = 5
) -> int:
    """The number of threads with which `step` is fastest; the smaller one unless the larger is clearly faster.

    step     does the work once, and may be called any number of times
    key      what the measurement is remembered by; None measures anew
    repeats  steps measured for each candidate, taken in turns; the best of them counts
    """
    candidates = sorted(candidates or thread_candidates())
    if key is not None and (key, *candidates) in _chosen:
        return _chosen[key, *candidates]
    best = {n: float("inf") for n in candidates}
    for n in candidates if len(candidates) > 1 else []:
        with thread_count(n):
            step()  # starts the threads
            for _ in range(repeats):
                start = time.perf_counter()
                step()
                best[n] = min(best[n], time.perf_counter() - start)
                if best[n] > _HOPELESS * min(best.values()):
                    break  # on a busy machine two threads can take a hundred times as long
    chosen = candidates[0]
    for n in candidates[1:]:
        if best[n] < _WORTH_IT * best[chosen]:
            chosen = n
    if key is not None:
        _chosen[key, *candidates] = chosen
    return chosen


@contextmanager
def thread_count(n: int) -> Iterator[int]:
    """n threads within, as many as before afterwards."""
    before = torch.get_num_threads()
    torch.set_num_threads(n)
    try:
        yield n
    finally:
        torch.set_num_threads(before)


@contextmanager
def best_threads(model: nn.Module, X: Tensor, y: Tensor) -> Iterator[int]:
    """As many threads within as train this model fastest on a batch like (X, y); as many as before afterwards.

    X  (b, ...)    y  (b,) int64    one batch
    A copy of the model is trained for a few steps with each number of threads; the choice is remembered for models and
    batches of these shapes. The model, its gradients and the random numbers are as before.
    """
    if device_of(model).type != "cpu":
        yield torch.get_num_threads()
        return
    shapes = tuple((name, tuple(p.shape)) for name, p in model.named_parameters())
    key = (type(model), str(model), shapes, tuple(X.shape))
    with torch.random.fork_rng(devices=[]):
        n = fastest_thread_count(_training_step(copy.deepcopy(model), X, y), key)
    with thread_count(n):
        yield n


def use_best_threads(model: nn.Module, X: Tensor, y: Tensor) -> int:
    """From now on, as many threads as train this model fastest on a batch like (X, y); returns how many that are.

    X  (b, ...)    y  (b,) int64    one batch; see best_threads, which goes back to the number before
    """
    with best_threads(model, X, y) as n:
        pass
    torch.set_num_threads(n)
    return n


def _training_step(model: nn.Module, X: Tensor, y: Tensor) -> Callable[[], object]:
    parameters = [p for p in model.parameters() if p.requires_grad]

    def step():
        gradients = torch.autograd.grad(cross_entropy(model(X), y), parameters, allow_unused=True)
        with torch.no_grad():
            for p, gradient in zip(parameters, gradients, strict=True):
                if gradient is not None:
                    p.sub_(gradient, alpha=1e-6)

    return step
