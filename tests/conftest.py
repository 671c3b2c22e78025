"""What all tests share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chromium import browser  # noqa: F401 -- a fixture for every folder
from proof_log import proof, pytest_addoption, pytest_configure  # noqa: F401 -- the option --proof

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast ones first: pure judging, then real kernels, then the browser."""

    def cost(item: pytest.Item) -> int:
        return 2 if item.get_closest_marker("browser") else 1 if item.get_closest_marker("kernel") else 0

    items.sort(key=cost)
