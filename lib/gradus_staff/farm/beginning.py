"""How a worker of this machine begins; imports little, so that what takes long can be begun early."""

from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path
from typing import Any

__all__ = ["begin", "prepare"]

_PRELOAD = "gradus_staff.farm.preload"


def prepare() -> Any:
    """Let the process from which workers are forked begin with its imports. Returns its multiprocessing context."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    from multiprocessing.forkserver import ensure_running

    ensure_running()
    return context


def begin(address: str, library: Path | None) -> None:
    """Called in a new worker.

    address  of the process that forks kernels, and the library that it has imported; empty where there is no sandbox
    """
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if address and library is not None:
        from gradus_staff.kernels.fork_server import share_fork_server

        share_fork_server(address, library)
    import torch

    torch.set_num_threads(1)  # the key's own arithmetic is small; more threads only wait for each other


def _end_with(parent: Any) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent.join()
    os._exit(1)
