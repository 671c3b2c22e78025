"""Which library functions really ran while a student's function was at work."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

__all__ = ["CONVOLUTION_LIBRARIES", "calls_of", "done_by_library"]

CONVOLUTION_LIBRARIES = ("torch", "scipy", "tensorflow", "jax", "cv2", "skimage", "numba", "keras")
"""Whoever calls these does not sum windows by hand."""

_NUMPY = {"convolve", "correlate", "correlate2"}
_MOST = 50_000


def calls_of(work: Callable[[], Any]) -> list[tuple[str, str]]:
    """Run `work` and return what was called meanwhile, as (module, name), each once, in order of the first call.

    Python functions and compiled ones alike, whatever name the caller has for them; the source text is not read.
    Functions of the notebook have the module "__main__". Errors of `work` pass through.
    """
    seen: dict[tuple[str, str], None] = {}

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if len(seen) >= _MOST:
            return
        if event == "call":
            seen[str(frame.f_globals.get("__name__", "")), frame.f_code.co_name] = None
        elif event == "c_call":
            seen[_module_of(argument), str(getattr(argument, "__name__", ""))] = None

    before, was_collecting = sys.getprofile(), gc.isenabled()
    gc.disable()  # a finaliser of somebody else's must not be taken for a call of the student's
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
        threading.setprofile(None)  # type: ignore[arg-type]
        if was_collecting:
            gc.enable()
    return [call for call in seen if call[0] != __name__ and call != ("sys", "setprofile")]


def _module_of(function: Any) -> str:
    """The module of a compiled function; for a method, of the class of its object."""
    module = getattr(function, "__module__", None)
    if not isinstance(module, str) or not module:
        owner = getattr(function, "__self__", None)
        module = getattr(owner if isinstance(owner, type) else type(owner), "__module__", "")
    return module if isinstance(module, str) else ""


def done_by_library(calls: list[tuple[str, str]]) -> list[str]:
    """Of these calls, those that take the windows out of the student's hands: at most three, the telling ones first.

    NumPy is welcome, sliding windows, einsum and FFT included; `numpy.convolve` and `numpy.correlate` are not.
    """
    found = []
    for module, name in calls:
        library = module.split(".")[0]
        if library in CONVOLUTION_LIBRARIES or (library == "numpy" and name in _NUMPY):
            found.append(f"{library}: {name}")
    plain = [call for call in found if ": _" not in call and ": <" not in call] or found
    telling = [call for call in plain if any(word in call for word in ("conv", "pool", "correlate", "filter"))]
    return [*telling, *(call for call in plain if call not in telling)][:3]
