"""The networks and the stopwatches of stride_or_pool, right and wrong, made from a few parts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["network", "strides", "train_in_turns"]


def strides(
    places: Callable[[int, int, int, int], float] = lambda size, kernel, padding, stride: (
        (size + 2 * padding - kernel) // stride + 1
    ),
    largest: Callable[[int, int, int], int] = lambda size, kernel, padding: size + 2 * padding,
    smallest: int = 1,
    chosen: Callable[[list[int]], Any] = lambda found: found,
) -> Callable[..., Any]:
    """A strides_that_fit: what it counts as places, how far it looks, and what it returns of those that fit."""

    def strides_that_fit(size: int, kernel: int, padding: int, target: int) -> Any:
        if size + 2 * padding < kernel:
            return chosen([])
        looked_at = range(smallest, largest(size, kernel, padding) + 1)
        return chosen([stride for stride in looked_at if places(size, kernel, padding, stride) == target])

    return strides_that_fit


def solved(size: int, kernel: int, padding: int, target: int) -> list[int]:
    """The formula solved for S and rounded: one stride, and none where the target is 1."""
    return [round((size + 2 * padding - kernel) / (target - 1))] if target > 1 else []


def solved_with_size_less_one(size: int, kernel: int, padding: int, target: int) -> list[int]:
    """A formula from memory, with the size less one below the line."""
    return [max(1, round((size + 2 * padding - kernel) / (size - 1)))]


def size_over_target(size: int, kernel: int, padding: int, target: int) -> list[int]:
    return [size // target] if size % target == 0 else []


def network(
    *,
    kernel: int = 5,
    padding: int = 2,
    stride: tuple[int, int] = (2, 2),
    pools: tuple[int, int] = (1, 1),
    flat: int = 1568,
    relus: int = 2,
    last: Callable[[Tensor], Tensor] = lambda scores: scores,
    prepare: Callable[[Tensor], Tensor] = lambda X: X.reshape(-1, 1, 28, 28),
) -> type[nn.Module]:
    """A StridedConvNet class with one thing or another changed."""

    class StridedConvNet(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            layers: list[nn.Module] = []
            for k, (c_in, c_out) in enumerate(((1, 16), (16, 32))):
                layers.append(nn.Conv2d(c_in, c_out, kernel, stride[k], padding))
                layers += [nn.ReLU()] if k < relus else []
                layers += [nn.MaxPool2d(pools[k])] if pools[k] > 1 else []
            self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(flat, 10))

        def forward(self, X: Tensor) -> Tensor:
            return last(self.layers(prepare(X)))

    return StridedConvNet


def train_in_turns(
    *,
    skipped: int = 1,
    of: Callable[[list[float]], float] = statistics.fmean,
    logs_on_the_clock: bool = False,
    one_after_the_other: bool = False,
    logs_warm_up: bool = True,
    own_clock: bool = False,
    extra_passes: int = 0,
) -> Callable[..., Any]:
    """A train_in_turns with one thing or another changed."""

    def train_in_turns(
        contestants: Mapping[str, Callable[[], object]],
        log: Callable[[str, int], object],
        passes: int,
        clock: Callable[[], float] = time.perf_counter,
    ) -> dict[str, float]:
        seconds: dict[str, list[float]] = {name: [] for name in contestants}
        now = time.perf_counter if own_clock else clock
        rounds = [(name, k) for k in range(1, passes + extra_passes + 1) for name in contestants]
        if one_after_the_other:
            rounds.sort(key=lambda one: list(contestants).index(one[0]))
        for name, k in rounds:
            start = now()
            contestants[name]()
            if logs_on_the_clock:
                log(name, k)
            elapsed = now() - start
            if not logs_on_the_clock and (k > 1 or logs_warm_up):
                log(name, k)
            seconds[name].append(elapsed)
        return {name: of(values[skipped:]) for name, values in seconds.items()}

    return train_in_turns


def images_only(X: Tensor) -> Tensor:
    return X


def vectors_only(X: Tensor) -> Tensor:
    return X.view(X.shape[0], 1, 28, 28) if X.dim() == 2 else X.unsqueeze(1)


def relu_of_scores(scores: Tensor) -> Tensor:
    return torch.relu(scores)
