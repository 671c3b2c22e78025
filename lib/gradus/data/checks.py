"""Refuses what cannot be learned from: images of another size, labels out of range, more than there is."""

import math

N_PIXELS = 784
N_CLASSES = 10


def check_images(images, labels, n_pixels: int = N_PIXELS, n_classes: int = N_CLASSES, name: str = "the data") -> None:
    """Raise ValueError unless images and labels fit together.

    images  (n, ...) array or tensor with n_pixels values an image      labels  (n,) integers, 0 to n_classes - 1
    """
    if len(images) == 0:
        raise ValueError(f"{name} holds 0 images: at least 1 is needed")
    found = math.prod(images.shape[1:])
    if found != n_pixels:
        raise ValueError(f"{name} has images of shape {tuple(images.shape[1:])}, {found} pixels: {n_pixels} are needed")
    if labels.ndim != 1 or len(labels) != len(images):
        raise ValueError(f"{name} has labels of shape {tuple(labels.shape)} for {len(images)} images: one label each")
    smallest, largest = int(labels.min()), int(labels.max())
    if smallest < 0 or largest >= n_classes:
        wrong = smallest if smallest < 0 else largest
        raise ValueError(f"{name} has the label {wrong}: labels are integers from 0 to {n_classes - 1}")


def check_fraction(fraction: float, name: str) -> None:
    """Raise ValueError unless 0 < fraction <= 1."""
    if not 0 < fraction <= 1:  # NaN fails too
        raise ValueError(f"{name} is {fraction}: it must be above 0 and at most 1")


def check_count(count: int, available: int, name: str) -> None:
    """Raise ValueError unless 1 <= count <= available."""
    if isinstance(count, bool) or int(count) != count or not 1 <= count <= available:
        raise ValueError(f"{name} is {count}: it must be a whole number from 1 to {available}, all that there is")


def check_seed(seed: int) -> None:
    """Raise ValueError unless the seed is a whole number from 0."""
    if isinstance(seed, bool) or int(seed) != seed or seed < 0:
        raise ValueError(f"seed is {seed}: it must be a whole number from 0")


def check_choice(value, choices: tuple, name: str) -> None:
    """Raise ValueError unless value is one of the choices."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}: it must be one of {', '.join(map(repr, choices))}")
