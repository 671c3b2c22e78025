"""How values travel between a kernel and the judge: JSON that cannot carry code.

`encode` runs beside the student's code and takes a value apart; `decode` runs on the trusted side and builds
only the plain types of `gradus.judging.observation`. Nothing is ever unpickled, imported or evaluated.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import sys
from fractions import Fraction
from typing import Any

import numpy as np

from gradus.judging.observation import Array, Observation, Opaque, Raised

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MalformedError", "decode", "dumps", "encode", "loads"]

MAX_BYTES = 16 * 2**20
"""Largest text that `loads` looks at: 16 MiB, in bytes."""

MAX_DEPTH = 12
"""Deepest nesting of lists and dictionaries that travels."""

_MAX_ITEMS = 100_000
_DTYPES = {
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
}  # fmt: skip


class MalformedError(ValueError):
    """The text is not an encoding of plain data; the message says where."""


def encode(value: Any, depth: int = 0) -> dict[str, Any]:
    """Take a value apart into JSON-ready dictionaries; what cannot be taken apart becomes its type's name."""
    if depth > MAX_DEPTH:
        return {"kind": "object", "type": "something nested too deeply"}
    cls = type(value)
    if value is None:
        return {"kind": "none"}
    if cls is bool or isinstance(value, np.bool_):
        return {"kind": "bool", "value": bool(value)}
    if isinstance(value, int):
        return {"kind": "int", "value": format(int(value), "x") if -(10**400) < value < 10**400 else "0"}
    if isinstance(value, np.generic):
        return _encode_array(np.asarray(value), "numpy", value.dtype.name, False)
    if isinstance(value, float):
        return {"kind": "float", "value": _float_text(float(value))}
    if isinstance(value, complex):
        return {"kind": "complex", "real": _float_text(value.real), "imag": _float_text(value.imag)}
    if isinstance(value, str):
        return {"kind": "text", "value": str(value)[:_MAX_ITEMS]}
    if isinstance(value, Fraction):
        return {"kind": "fraction", "numerator": str(value.numerator), "denominator": str(value.denominator)}
    if isinstance(value, Raised):
        return {"kind": "raised", "type": value.type_name, "message": value.message[:300], "line": value.line}
    if isinstance(value, Opaque):
        return {"kind": "object", "type": value.type_name}
    if isinstance(value, Array):
        return _encode_array(value.values, value.library, value.dtype or value.values.dtype.name, value.requires_grad)
    if isinstance(value, np.ndarray):
        return _encode_ndarray(value, depth)
    if (torch := sys.modules.get("torch")) is not None and isinstance(value, torch.Tensor):
        return _encode_tensor(torch, value)
    if isinstance(value, (list, tuple, set, frozenset)):
        kind = "list" if isinstance(value, list) else "tuple" if isinstance(value, tuple) else "set"
        items = [encode(item, depth + 1) for item, _ in zip(value, range(_MAX_ITEMS), strict=False)]
        return {"kind": kind, "items": items}
    if isinstance(value, dict):
        pairs = zip(value.items(), range(_MAX_ITEMS), strict=False)
        return {"kind": "dict", "items": [[encode(k, depth + 1), encode(v, depth + 1)] for (k, v), _ in pairs]}
    return _encode_number_like(value, cls)


def _encode_number_like(value: Any, cls: type) -> dict[str, Any]:
    """SymPy numbers travel as fractions or floats; everything else as the name of its type."""
    if (sympy := sys.modules.get("sympy")) is not None and isinstance(value, sympy.Basic):
        if isinstance(value, sympy.Rational):
            return {"kind": "fraction", "numerator": str(value.p), "denominator": str(value.q)}
        if value.is_number and value.is_real:
            return {"kind": "float", "value": _float_text(float(value))}
    if (sympy := sys.modules.get("sympy")) is not None and isinstance(value, sympy.MatrixBase):
        return encode(value.tolist())
    return {"kind": "object", "type": f"{cls.__module__}.{cls.__qualname__}".removeprefix("builtins.")[:200]}


def _encode_ndarray(array: np.ndarray, depth: int) -> dict[str, Any]:
    if array.dtype == object:
        return encode(array.tolist(), depth + 1)
    if array.dtype.name not in _DTYPES:
        return {"kind": "object", "type": f"numpy.ndarray of {array.dtype.name}"}
    return _encode_array(np.asarray(array), "numpy", array.dtype.name, False)


def _encode_tensor(torch: Any, tensor: Any) -> dict[str, Any]:
    """The numbers of a tensor; subclasses are read as plain tensors, whatever their operators say."""
    with torch._C.DisableTorchFunctionSubclass():
        requires_grad = bool(torch.Tensor.requires_grad.__get__(tensor))
        plain = torch.Tensor.detach(tensor)
        if type(plain) is not torch.Tensor:
            plain = plain.as_subclass(torch.Tensor)
        plain = plain.cpu()
        dtype = str(plain.dtype).removeprefix("torch.")
        if plain.is_sparse or plain.layout != torch.strided:
            plain = plain.to_dense()
        if dtype not in _DTYPES:
            plain = plain.to(torch.float32)
        values = plain.resolve_conj().resolve_neg().contiguous().numpy()
    return _encode_array(values, "torch", dtype, requires_grad)


def _encode_array(values: np.ndarray, library: str, dtype: str, requires_grad: bool) -> dict[str, Any]:
    if values.nbytes > MAX_BYTES // 2:
        return {"kind": "object", "type": f"an array of {values.nbytes // 2**20} MiB, too large to be judged"}
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    return {
        "kind": "array",
        "library": library,
        "dtype": dtype,
        "stored": values.dtype.name,
        "shape": list(values.shape),
        "grad": requires_grad,
        "data": base64.b64encode(little.tobytes()).decode("ascii"),
    }


def _float_text(value: float) -> str:
    return repr(value) if math.isfinite(value) else str(value)


def dumps(value: Any) -> str:
    """Encode a value as one line of ASCII text."""
    return json.dumps(encode(value), ensure_ascii=True, separators=(",", ":"))


def loads(text: str) -> Observation:
    """The inverse of `dumps`. Raises MalformedError for anything else, however it is broken."""
    if not isinstance(text, str):
        raise MalformedError(f"expected text, got {type(text).__name__}")
    if len(text) > MAX_BYTES:
        raise MalformedError(f"{len(text)} characters are more than the limit of {MAX_BYTES}")
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"not JSON: {error}") from None
    return decode(tree)


def decode(node: Any, depth: int = 0) -> Observation:
    """Build the observation that an encoded dictionary stands for; MalformedError where it stands for none."""
    if depth > MAX_DEPTH + 1:
        raise MalformedError("nested too deeply")
    if not isinstance(node, dict) or not isinstance(node.get("kind"), str):
        raise MalformedError("expected a dictionary with a kind")
    try:
        return _DECODERS[node["kind"]](node, depth)
    except KeyError as error:
        raise MalformedError(f"unknown kind or missing field: {error}") from None
    except (TypeError, ValueError, OverflowError, ZeroDivisionError, binascii.Error) as error:
        raise (
            error if isinstance(error, MalformedError) else MalformedError(f"bad {node['kind'][:20]}: {error}")
        ) from None


def _decode_array(node: dict[str, Any], depth: int) -> Array:
    shape = tuple(_expect(int, size) for size in _expect(list, node["shape"]))
    stored = _expect(str, node["stored"])
    if stored not in _DTYPES or len(shape) > 32 or any(size < 0 for size in shape):
        raise MalformedError("an array with an impossible shape or dtype")
    data = base64.b64decode(_expect(str, node["data"]), validate=True)
    dtype = np.dtype(stored).newbyteorder("<")
    if len(data) != math.prod(shape) * dtype.itemsize:
        raise MalformedError(f"an array of shape {shape} with {len(data)} bytes")
    values = np.frombuffer(data, dtype=dtype).reshape(shape).astype(np.dtype(stored))
    library = "torch" if node["library"] == "torch" else "numpy"
    return Array(values, library, _expect(str, node["dtype"])[:20], bool(node["grad"]))


def _decode_items(node: dict[str, Any], depth: int) -> list[Observation]:
    return [decode(item, depth + 1) for item in _expect(list, node["items"])]


def _decode_dict(node: dict[str, Any], depth: int) -> dict[Any, Observation]:
    pairs = [(decode(key, depth + 1), decode(value, depth + 1)) for key, value in _expect(list, node["items"])]
    return dict(pairs)


def _expect(cls: type, value: Any) -> Any:
    if type(value) is not cls:
        raise MalformedError(f"expected {cls.__name__}, got {type(value).__name__}")
    return value


_DECODERS: dict[str, Any] = {
    "none": lambda node, depth: None,
    "bool": lambda node, depth: _expect(bool, node["value"]),
    "int": lambda node, depth: int(_expect(str, node["value"]), 16),
    "float": lambda node, depth: float(_expect(str, node["value"])),
    "complex": lambda node, depth: complex(float(_expect(str, node["real"])), float(_expect(str, node["imag"]))),
    "text": lambda node, depth: _expect(str, node["value"]),
    "fraction": lambda node, depth: Fraction(
        int(_expect(str, node["numerator"])), int(_expect(str, node["denominator"]))
    ),
    "raised": lambda node, depth: Raised(
        _expect(str, node["type"])[:100],
        _expect(str, node["message"])[:300],
        node["line"] if isinstance(node["line"], int) else None,
    ),
    "object": lambda node, depth: Opaque(_expect(str, node["type"])[:200]),
    "array": _decode_array,
    "list": _decode_items,
    "tuple": lambda node, depth: tuple(_decode_items(node, depth)),
    "set": lambda node, depth: set(_decode_items(node, depth)),
    "dict": _decode_dict,
}
