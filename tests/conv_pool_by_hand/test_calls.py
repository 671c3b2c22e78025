"""Who moved the window is seen by what ran, under whatever name."""

import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
import torch
from torch.nn import functional as F

from gradus.calls import calls_of, done_by_library

IMAGE, KERNEL = np.arange(25.0).reshape(5, 5), np.arange(9.0).reshape(3, 3)
X, W = torch.tensor(IMAGE)[None, None], torch.tensor(KERNEL)[None, None]
renamed = np.convolve


def _loops():
    return [[(IMAGE[i : i + 3, j : j + 3] * KERNEL).sum() for j in range(3)] for i in range(3)]


def _windows():
    return np.einsum("ijkl,kl", np.lib.stride_tricks.sliding_window_view(np.pad(IMAGE, 1), (3, 3)), KERNEL)


@pytest.mark.parametrize("work", [_loops, _windows, lambda: np.fft.rfft2(IMAGE), lambda: KERNEL @ KERNEL])
def test_own_sums_in_numpy_are_own_work(work):
    assert done_by_library(calls_of(work)) == []


@pytest.mark.parametrize(
    ("work", "name"),
    [
        (lambda: F.conv2d(X, W), "torch: conv2d"),
        (lambda: torch.nn.Conv2d(1, 1, 3).double()(X), "torch: conv2d"),
        (lambda: getattr(torch, "conv" + "2d")(X, W), "torch: conv2d"),
        (lambda: F.max_pool2d(X, 2), "torch: max_pool2d"),
        (lambda: scipy.signal.correlate2d(IMAGE, KERNEL), "scipy: correlate2d"),
        (lambda: scipy.ndimage.maximum_filter(IMAGE, 3), "scipy: maximum_filter"),
        (lambda: renamed(IMAGE[0], KERNEL[0]), "numpy: convolve"),
        (lambda: np.correlate(IMAGE[0], KERNEL[0]), "numpy: correlate"),
    ],
)
def test_a_library_is_named_whatever_it_is_called_here(work, name):
    assert name in done_by_library(calls_of(work))


def test_errors_pass_and_the_profiler_is_put_back():
    import sys

    before = sys.getprofile()
    with pytest.raises(ZeroDivisionError):
        calls_of(lambda: 1 / 0)
    assert sys.getprofile() is before
