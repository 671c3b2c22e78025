"""One thread for every test here: the machine that runs them may be busy, and two threads then wait for each other."""

import pytest
import torch


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def points():
    """Two clouds that can be told apart: X (60, 5) float32, y (60,) int64."""
    rng = torch.Generator().manual_seed(5)
    y = torch.arange(60) % 2
    return torch.randn(60, 5, generator=rng) + 3 * y[:, None], y
