"""Is the Fashion stand-in a fair substitute? A linear model, the homework's MLP and its ConvNet on 6,000 images.

    python bench/standin.py [--origin real]

Prints a table, and as its last line one JSON object. The stand-in is drawn into the cache if it is not there.
"""

import argparse
import itertools
import json
import os
import platform
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.data import fashion_mnist
from gradus.data.fashion import STAND_IN

N_TRAIN, SEEDS = 6_000, (0, 1)


def linear() -> nn.Module:
    return nn.Linear(784, 10)


def mlp() -> nn.Module:
    sizes = (784, 32, 16, 12, 10)
    layers: list[nn.Module] = []
    for n_in, n_out in itertools.pairwise(sizes):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def convnet() -> nn.Module:
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        *(nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        nn.Flatten(),
        nn.Linear(1568, 10),
    )


# model, passes, batch, learning rate on images scaled by one number to unit variance: near each one's best
MODELS = {"linear": (linear, 25, 32, 0.005), "mlp": (mlp, 25, 32, 0.03), "convnet": (convnet, 10, 32, 0.04)}


def test_accuracy(model: nn.Module, data, passes: int, batch: int, learning_rate: float, seed: int) -> float:
    """Plain SGD with a linearly falling learning rate; the accuracy after the last pass."""
    scale = data.train_images.std()
    x, y, x_test = data.train_images / scale, data.train_labels, data.test_images / scale
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    generator = torch.Generator().manual_seed(seed)
    n_steps = passes * (len(x) // batch)
    falling = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / n_steps)
    for _ in range(passes):
        for rows in torch.randperm(len(x), generator=generator).split(batch)[: len(x) // batch]:
            optimiser.zero_grad()
            cross_entropy(model(x[rows]), y[rows]).backward()
            optimiser.step()
            falling.step()
    with torch.no_grad():
        guesses = torch.cat([model(part).argmax(1) for part in x_test.split(1000)])
    return float((guesses == data.test_labels).float().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--origin", choices=["stand-in", "real"], default="stand-in")
    wanted = parser.parse_args().origin
    if wanted == "stand-in":  # neither the real files nor the network
        os.environ.pop("GRADUS_DATA", None)
        os.environ["GRADUS_OFFLINE"] = "1"
    torch.set_num_threads(1)
    results: dict = {"bench": "standin", "n_train": N_TRAIN, "seeds": len(SEEDS)}
    for name, (make, passes, batch, learning_rate) in MODELS.items():
        accuracies, start = [], time.perf_counter()
        for seed in SEEDS:
            data = fashion_mnist(n_train=N_TRAIN, seed=seed)
            if (data.origin == STAND_IN) != (wanted == "stand-in"):
                raise SystemExit(f"asked for the {wanted} images, found {data.origin}: set GRADUS_DATA or GRADUS_CACHE")
            torch.manual_seed(seed)
            accuracies.append(test_accuracy(make(), data, passes, batch, learning_rate, seed))
        results[name] = round(float(np.mean(accuracies)), 4)
        each = ", ".join(f"{a:.3f}" for a in accuracies)
        print(f"{name:8s} {results[name]:.3f}  ({each})  {passes} passes, {time.perf_counter() - start:.1f} s")
    results |= {"origin": data.origin, "torch": torch.__version__, "numpy": np.__version__}
    results |= {"python": platform.python_version(), "date": time.strftime("%Y-%m-%d")}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
