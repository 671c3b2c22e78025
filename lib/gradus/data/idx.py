"""The IDX format of the MNIST family: a short header, then the bytes of an array.

Header: 0, 0, 8 (unsigned bytes), the number of dimensions, then every dimension as a big-endian uint32.
Source: the format's description in http://yann.lecun.com/exdb/mnist/.
"""

import struct

import numpy as np

UNSIGNED_BYTE = 8


def encode(array: np.ndarray) -> bytes:
    """The IDX bytes of a uint8 array of one to three dimensions."""
    if array.dtype != np.uint8 or not 1 <= array.ndim <= 3:
        raise ValueError(f"an IDX file here holds uint8 of 1 to 3 dimensions, not {array.dtype} of {array.ndim}")
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, UNSIGNED_BYTE, array.ndim, *array.shape)
    return header + np.ascontiguousarray(array).tobytes()


def decode(content: bytes, name: str) -> np.ndarray:
    """The uint8 array of an IDX file's bytes, read-only. Raises ValueError, naming the file, where it is broken."""
    if len(content) == 0:
        raise ValueError(f"{name} is empty: an IDX file has at least 8 bytes")
    if len(content) < 8 or content[:3] != bytes([0, 0, UNSIGNED_BYTE]) or not 1 <= content[3] <= 3:
        raise ValueError(f"{name} begins with bytes {list(content[:4])}: an IDX file of bytes begins 0, 0, 8, 1 to 3")
    dimensions = content[3]
    start = 4 + 4 * dimensions
    if len(content) < start:
        raise ValueError(f"{name} ends within its header: {len(content)} bytes, not {start} or more")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    expected = start + int(np.prod(shape, dtype=np.int64))
    if len(content) != expected:
        raise ValueError(f"{name} has {len(content)} bytes: its header, shape {shape}, asks for {expected}")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)
