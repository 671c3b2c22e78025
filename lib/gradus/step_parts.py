"""What one training step spends its time on: convolutions, pooling, ReLU, and the rest."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils._python_dispatch import TorchDispatchMode

from gradus.plots import Picture
from gradus.training.validation import check_count

__all__ = ["step_parts", "step_parts_picture"]

_REST = "everything else"
_STYLES = (("#0072B2", ""), ("#D55E00", "//"), ("#009E73", ".."))


def step_parts(models: Mapping[str, nn.Module], X: Tensor, y: Tensor, steps: int = 25) -> dict[str, dict[str, float]]:
    """Milliseconds of each part of a training step (forward, backward and update), by network.

    X  (b, ...)    y  (b,) int64    one batch        steps  counted for each network, taken in turns after two uncounted
    The parts are told apart by the operations that PyTorch runs, so the models may be written in any style. They are
    copied: the originals do not change. Of each part the fastest step counts: a disturbance only ever adds.
    """
    check_count("steps", steps)
    contestants = {name: _step(model, X, y) for name, model in models.items()}
    watched: dict[str, list[dict[str, float]]] = {name: [] for name in models}
    for turn in range(-2, steps):
        for name, step in contestants.items():
            with _Stopwatch() as stopwatch:
                start = time.perf_counter()
                step()
                total = time.perf_counter() - start
            stopwatch.seconds[_REST] = total - sum(stopwatch.seconds.values())
            if turn >= 0:
                watched[name].append(stopwatch.seconds)
    return {
        name: {part: 1000 * min(step[part] for step in rounds) for part in rounds[0]}
        for name, rounds in watched.items()
    }


def step_parts_picture(parts: Mapping[str, Mapping[str, float]], caption: str = "") -> Picture:
    """What `step_parts` found, as bars: one group a part, one bar a network."""
    names = list(dict.fromkeys(part for one in parts.values() for part in one if part != _REST))
    names = [*sorted(names, key=lambda part: -max(one.get(part, 0.0) for one in parts.values())), _REST]
    picture = Picture(figsize=(9, 3.6), caption=caption)
    (axes,) = picture.axes_grid()
    width = 0.8 / len(parts)
    for k, (model, one) in enumerate(parts.items()):
        colour, hatch = _STYLES[k % len(_STYLES)]
        places = [place + (k - (len(parts) - 1) / 2) * width for place in range(len(names))]
        heights = [one.get(part, 0.0) for part in names]
        label = f"{model}: {sum(heights):.1f} ms a step"
        bars = axes.bar(places, heights, width, color=colour, hatch=hatch, edgecolor="white", label=label)
        axes.bar_label(bars, [f"{height:.1f}" if height else "none" for height in heights], fontsize=8)
    axes.set_xticks(range(len(names)), names)
    axes.grid(False, axis="x")
    axes.set(xlabel="part of a step, forward and backward together", ylabel="milliseconds")
    axes.legend()
    return picture


def _step(model: nn.Module, X: Tensor, y: Tensor) -> Any:
    model = copy.deepcopy(model).train()
    parameters: list[Tensor] = [p for p in model.parameters() if p.requires_grad]

    def step() -> None:
        gradients = torch.autograd.grad(cross_entropy(model(X), y), parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-1e-6)

    return step


class _Stopwatch(TorchDispatchMode):
    """Times every operation that PyTorch runs, and files it under the part of the step that it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        start = time.perf_counter()
        result = func(*args, **(kwargs or {}))
        elapsed = time.perf_counter() - start
        part = _part(str(func), args)
        if part != _REST:
            self.seconds[part] = self.seconds.get(part, 0.0) + elapsed
        return result


def _part(operation: str, args: Any) -> str:
    if "convolution" in operation:
        weight = args[2] if "backward" in operation else args[1]
        return f"convolution {weight.shape[1]} → {weight.shape[0]}"
    if "pool" in operation:
        return "max pooling"
    if any(name in operation for name in ("relu", "threshold", "clamp", "where", "maximum")):
        return "ReLU"
    return "linear layer" if any(name in operation for name in ("addmm", ".mm", "matmul")) else _REST
