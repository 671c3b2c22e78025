"""What 00_start_here asks: how alike two pictures are; and the search for clothes that is made of the answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from gradus.check import checks_for
from gradus.data import Fashion, fashion_mnist
from gradus.plots import Picture
from gradus.question import Example, Question

__all__ = ["check", "judge", "search"]

SHELF, BUYERS = 2_000, 200
"""How many pictures are searched, and for how many others at most the nearest one is looked up."""

PATIENCE_SECONDS = 2.0
"""An answer with loops is right, and slow: fewer are looked up then."""


class A(Question):
    title = "how alike are two pictures?"

    def ask(self, answer: Any, image: Any, images: Any) -> Any:
        """The numbers, in whatever shape they come."""
        out = answer(_pixels(image), _pixels(images))
        return out.flatten() if isinstance(out, Tensor) else out

    def ask_form(self, answer: Any, image: Any, images: Any) -> Any:
        """The shape of the result."""
        return list(answer(_pixels(image), _pixels(images)).shape)

    examples = [
        Example("pictures of length 1", torch.tensor([1.0, 0.0, 0.6]), "What is the sum of the products of the pixels?",
                image=[1.0, 0.0], images=[[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]),
        Example("pictures of any length", torch.tensor([0.96, 1.0, 0.8]), "How long is each of the pictures?",
                image=[3.0, 4.0], images=[[4.0, 3.0], [6.0, 8.0], [0.0, 2.0]]),
        Example("one number a picture", [3], "How many axes has your result, and how many should it have?", ask="form",
                image=[3.0, 4.0], images=[[4.0, 3.0], [6.0, 8.0], [0.0, 2.0]]),
    ]  # fmt: skip


def _pixels(values: Any) -> Tensor:
    return torch.tensor(values, dtype=torch.float32)


@lru_cache(maxsize=1)
def _clothes() -> Fashion:
    return fashion_mnist(n_train=SHELF, n_test=BUYERS, standardise=None, seed=0)


def search(alike: Callable[[Tensor, Tensor], Tensor], rows: int = 4, columns: int = 6) -> Picture:
    """For each of a few pictures, those of 2,000 others that are most like it; the caption counts the hits.

    alike  (784,), (n, 784) -> (n,), the larger the more alike; ValueError where the shape is another
    """
    data = _clothes()
    buyers = _different_kinds(data.test_labels)
    picture = Picture(figsize=(8, 1.35 * rows + 0.6))
    hits = asked = 0
    axes = picture.subplots(rows, columns + 1)
    started = time.perf_counter()
    for buyer in buyers:
        likeness = _ask(alike, data.test_images[buyer], data.train_images)
        found = likeness.topk(columns).indices
        if asked < rows:
            row = axes[asked]
            _draw(row[0], data.test_images[buyer], data.class_names[data.test_labels[buyer]], "#D55E00", 2.0)
            for place, one in zip(row[1:], found, strict=True):
                _draw(place, data.train_images[one], f"{float(likeness[one]):.3f}", "#c8c8c8", 0.8)
        hits += int(data.train_labels[found[0]] == data.test_labels[buyer])
        asked += 1
        if asked >= rows and time.perf_counter() - started > PATIENCE_SECONDS:
            break
    for place, words in ((axes[0, 0], "you show"), (axes[0, 1], "it finds")):
        place.text(0, 1.35, words, transform=place.transAxes, fontsize=10, weight="bold")
    share = f"The most alike of {SHELF:,} is of the same kind for {hits} of {asked} pictures."
    picture.supxlabel(data.title(share), fontsize=9, style="italic", color="#222222")
    return picture


def _ask(alike: Callable[[Tensor, Tensor], Tensor], image: Tensor, images: Tensor) -> Tensor:
    likeness = alike(image, images)
    if not isinstance(likeness, Tensor) or likeness.shape != (len(images),):
        came = f"the shape {tuple(likeness.shape)}" if isinstance(likeness, Tensor) else type(likeness).__name__
        raise ValueError(f"search: for {len(images):,} pictures came {came}, expected a tensor ({len(images)},)")
    return likeness


def _different_kinds(labels: Tensor) -> list[int]:
    """All places, the first picture of each kind in front."""
    firsts: dict[int, int] = {}
    for place, label in enumerate(labels.tolist()):
        firsts.setdefault(label, place)
    return list(dict.fromkeys([*firsts.values(), *range(len(labels))]))


def _draw(axes: Any, image: Tensor, title: str, colour: str, width: float) -> None:
    axes.imshow(image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=255)
    axes.set_title(title, fontsize=9)
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(color=colour, linewidth=width)


check, judge = checks_for(__name__)
