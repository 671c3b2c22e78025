"""Did PyTorch differentiate? Seen from what really ran, not from the source text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.autograd import forward_ad

__all__ = ["autograd_runs"]


def autograd_runs(call: Callable[[], Any]) -> bool:
    """True where the call makes PyTorch differentiate, backward or forward, by whatever name it was imported."""
    ran = []
    places = [(torch.autograd, "_engine_run_backward"), (torch.autograd, "grad"), (torch.autograd, "backward"),
              (forward_ad, "make_dual")]  # fmt: skip
    before = [(place, name, getattr(place, name)) for place, name in places if hasattr(place, name)]

    def watched(function: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            ran.append(True)
            return function(*args, **kwargs)

        return run

    for place, name, function in before:
        setattr(place, name, watched(function))
    try:
        call()
    finally:
        for place, name, function in before:
            setattr(place, name, function)
    return bool(ran)
