"""IDX files: what is written is read, and what is broken is named."""

import numpy as np
import pytest

from gradus.data import idx


@pytest.mark.parametrize("shape", [(7,), (3, 5), (2, 4, 4)])
def test_what_is_written_is_read(shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(idx.decode(idx.encode(array), "file"), array)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "images is empty"),
        (b"\x1f\x8b\x08\x00 packed", r"begins with bytes \[31, 139"),
        (idx.encode(np.zeros((3, 2), np.uint8))[:9], "ends within its header: 9 bytes"),
        (idx.encode(np.zeros((3, 2), np.uint8))[:-1], r"has 17 bytes: its header, shape \(3, 2\), asks for 18"),
    ],
)
def test_a_broken_file_is_named(content, reason):
    with pytest.raises(ValueError, match=reason):
        idx.decode(content, "images")


def test_only_bytes_are_written():
    with pytest.raises(ValueError, match="not float64"):
        idx.encode(np.zeros(3))
