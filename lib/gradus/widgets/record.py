"""Recording the curves that need training: `python -m gradus.widgets.record learning_rate smoothness`.

The files in recorded/ are read by the explorers; each says when, with what and on which data it was made. Recording
takes a few minutes and is done once; the browser then explores what was recorded.
"""

from __future__ import annotations

import datetime
import json
import math
import platform
import sys
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from gradus.data import Fashion, fashion_mnist

FOLDER = Path(__file__).parent / "recorded"
SEED = 0
SMOOTHNESS = (
    "convolutional network of the homework, learning rate 0.04, batches of 32; "
    "f over 3,000 images in one batch, BatchNorm in training mode"
)


def learning_rate() -> dict[str, Any]:
    """Loss on the training images along short runs of the homework's network, and of its averaged weights.

    One run for every learning rate, 3,000 updates on batches of 8. `losses[g][k]` is the loss after `updates[k]`
    updates of the weights averaged with `gammas[g]`; gamma 1 is no averaging. A loss that is no number is null.
    """
    data = fashion_mnist(standardise="center", seed=SEED)
    gammas = [1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003]
    rates = [1e-3 * 2 ** (k / 2) for k in range(-4, 17)]
    runs = [one_run(data, rate, gammas, updates=3000, every=50) for rate in rates]
    return {
        "about": about(data, "MLP 784-32-16-12-10, batches of 8 drawn with replacement, loss on 6,000 training images"),
        "gammas": gammas,
        "updates": list(range(0, 3001, 50)),
        "runs": runs,
    }


def one_run(data: Fashion, rate: float, gammas: list[float], updates: int, every: int) -> dict[str, Any]:
    """One short training run at one learning rate, watched with several averages of its weights."""
    torch.manual_seed(SEED)
    sizes = [784, 32, 16, 12, 10]
    layers = [layer for a, b in pairwise(sizes) for layer in (nn.Linear(a, b), nn.ReLU())]
    model = nn.Sequential(*layers[:-1])
    weights: list[torch.Tensor] = list(model.parameters())
    averages = [deepcopy(model) for _ in gammas]
    x, y = data.train_images, data.train_labels
    losses: list[list[float | None]] = [[] for _ in gammas]
    broke = None
    for update in range(updates + 1):
        if update % every == 0:
            with torch.no_grad():
                for series, average in zip(losses, averages, strict=True):
                    series.append(brief(functional.cross_entropy(average(x), y).item()))
        batch = torch.randint(len(x), (8,))
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        if broke is None and not math.isfinite(loss.item()):
            broke = update
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            torch._foreach_add_(weights, gradients, alpha=-rate)
            for gamma, average in zip(gammas, averages, strict=True):
                torch._foreach_lerp_(list(average.parameters()), weights, gamma)  # type: ignore[arg-type]
    return {"rate": brief(rate), "broke": broke, "losses": losses}


def smoothness() -> dict[str, Any]:
    """The loss and its gradient along w + t u, with and without BatchNorm, where u is one step of minibatch SGD.

    f is the mean loss over 3,000 training images in one batch, BatchNorm in training mode. For every t: the loss, the
    turn of the gradient in degrees, and L = ||grad f(w + t u) - grad f(w)|| / ||t u||.
    """
    data = fashion_mnist(standardise="per pixel", flatten=False, seed=SEED)
    steps = [-8, -4, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24]
    return {
        "about": about(data, SMOOTHNESS),
        "steps": steps,
        "moments": [0, 1, 5],
        "plain": [along(data, model, steps) for model in moments(data, batch_norm=False)],
        "batch_norm": [along(data, model, steps) for model in moments(data, batch_norm=True)],
    }


def conv_net(batch_norm: bool) -> nn.Module:
    def block(inputs: int, outputs: int) -> list[nn.Module]:
        layers = [nn.Conv2d(inputs, outputs, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
        return [*layers, nn.BatchNorm2d(outputs)] if batch_norm else layers

    return nn.Sequential(*block(1, 16), *block(16, 32), nn.Flatten(), nn.Linear(1568, 10))


def moments(data: Fashion, batch_norm: bool, passes: tuple[int, ...] = (0, 1, 5)) -> list[nn.Module]:
    """The network as it is after each of the given numbers of passes."""
    torch.manual_seed(SEED)
    model = conv_net(batch_norm)
    weights: list[torch.Tensor] = list(model.parameters())
    x, y = data.train_images, data.train_labels
    found = []
    for done in range(max(passes) + 1):
        if done in passes:
            found.append(deepcopy(model))
        for batch in torch.randperm(len(x)).split(32):
            gradients = torch.autograd.grad(functional.cross_entropy(model(x[batch]), y[batch]), weights)
            with torch.no_grad():
                torch._foreach_add_(weights, gradients, alpha=-0.04)
        print("pass", done + 1, "batch norm" if batch_norm else "plain", file=sys.stderr)
    return found


def along(data: Fashion, model: nn.Module, steps: list[int]) -> dict[str, list[float | None]]:
    """What `smoothness` records, for one network."""
    x, y = data.train_images[:3000], data.train_labels[:3000]
    weights: list[torch.Tensor] = list(model.parameters())
    start = [weight.detach().clone() for weight in weights]
    batch = torch.arange(32)

    def loss_and_gradient(images: torch.Tensor, labels: torch.Tensor) -> tuple[float, torch.Tensor]:
        loss = functional.cross_entropy(model(images), labels)
        return loss.item(), torch.cat([g.flatten() for g in torch.autograd.grad(loss, weights)])

    _, gradient = loss_and_gradient(x[batch], y[batch])
    u = -0.04 * gradient
    directions = [
        part.view_as(weight) for part, weight in zip(u.split([w.numel() for w in weights]), weights, strict=True)
    ]
    loss_here, here = loss_and_gradient(x, y)
    record: dict[str, list[float | None]] = {"loss": [], "degrees": [], "L": []}
    for t in steps:
        with torch.no_grad():
            for weight, origin, direction in zip(weights, start, directions, strict=True):
                weight.copy_(origin + t * direction)
        loss, there = (loss_here, here) if t == 0 else loss_and_gradient(x, y)
        cosine = functional.cosine_similarity(here.double(), there.double(), dim=0).clamp(-1, 1)
        record["loss"].append(brief(loss))
        record["degrees"].append(0.0 if t == 0 else brief(math.degrees(torch.arccos(cosine).item())))
        record["L"].append(0.0 if t == 0 else brief((there - here).norm().item() / (abs(t) * u.norm().item())))
    record["slope"] = [brief((here @ u).item())]
    return record


def brief(value: float) -> float | None:
    """Four significant digits; null for what is no number."""
    return float(f"{value:.4g}") if math.isfinite(value) else None


def about(data: Fashion, what: str) -> str:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    versions = f"Python {platform.python_version()}, torch {torch.__version__}"
    return f"Recorded {today} with {versions} on {data.origin} (6,000 training images, seed {SEED}): {what}."


def main(names: list[str]) -> None:
    recorders = {"learning_rate": learning_rate, "smoothness": smoothness}
    torch.set_num_threads(1)
    for name in names:
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps(recorders[name](), separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
