"""What the tests of mlp_ema_sgd share."""

import pytest
import torch

from gradus.training.threads import thread_count


@pytest.fixture(autouse=True)
def _one_thread():
    """Networks this small are slower with two threads, and much slower on a busy machine."""
    with thread_count(1):
        yield torch.get_num_threads()
