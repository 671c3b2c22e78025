"""Which examples each update sees: streams of indices, each from a seed that somebody chose."""

import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import Generator, Tensor

from gradus.training.validation import check_batch_size

__all__ = ["as_generator", "batches", "draw_pass", "seed_everything", "updates_per_pass"]


def seed_everything(seed: int) -> None:
    """Set the global random numbers of Python, NumPy and PyTorch (every device) to a seed."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)


def as_generator(rng: int | Generator) -> Generator:
    """A generator as it is, or a new one from a seed."""
    return rng if isinstance(rng, Generator) else torch.Generator().manual_seed(int(rng))


def updates_per_pass(n: int, batch_size: int) -> int:
    """How many updates one pass over n examples has: round(n / batch_size), at least 1."""
    return max(1, round(n / check_batch_size(batch_size, n)))


def draw_pass(n: int, batch_size: int, rng: int | Generator) -> Tensor:
    """The batches of one pass, drawn with replacement: (updates_per_pass(n, batch_size), batch_size) int64.

    rng  a seed, or a generator, which moves on: the next pass is another one
    """
    return torch.randint(n, (updates_per_pass(n, batch_size), batch_size), generator=as_generator(rng))


def batches(n: int, batch_size: int, rng: int | Generator, replacement: bool = True) -> Iterator[Tensor]:
    """The batches of one pass, one at a time, each (batch_size,) int64.

    Without replacement every example comes exactly once, and the last batch is shorter where batch_size
    does not divide n.
    """
    if replacement:
        yield from draw_pass(n, batch_size, rng)
    else:
        check_batch_size(batch_size, n)
        yield from torch.randperm(n, generator=as_generator(rng)).split(batch_size)
