"""The grader's end of the process that forks kernels (prefork.py): one a grading process, started at first use."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from gradus_staff.kernels.workplace import PASSED_ON, students_library

__all__ = ["ForkServer", "fork_server"]


class ForkServer:
    """Forks kernels on demand. A server that has died is started anew by the next order."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gradus-prefork-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()
        atexit.register(self.close)

    @property
    def pid(self) -> int | None:
        """The server's process, None before the first order."""
        return self._process.pid if self._process else None

    def warm_up(self) -> None:
        """Let the server begin with its imports."""
        with self._lock:
            self._ensure()

    def order(self, order: dict[str, Any], handles: dict[str, int]) -> None:
        """Send an order (see prefork.main) and its handles. OSError where the server cannot be reached."""
        message = json.dumps({**order, "handles": list(handles)}).encode()
        with self._lock:
            for attempt in (1, 2):
                self._ensure()
                assert self._socket is not None
                try:
                    socket.send_fds(self._socket, [message], list(handles.values()))
                    return
                except OSError:
                    self._end()
                    if attempt == 2:
                        raise

    def close(self) -> None:
        """End the server; kernels that it has forked live on."""
        if os.getpid() == self._owner:  # not in a forked child
            self._end()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _ensure(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {"HOME": str(self._folder), "MPLCONFIGDIR": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.setdefault("OMP_NUM_THREADS", "2")
        library = students_library()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(library / "prefork.py"), str(theirs.fileno())],
                pass_fds=[theirs.fileno()], env=environment, cwd="/", start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        self._socket = ours

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None


def fork_server() -> ForkServer:
    """This process' server; a forked process gets one of its own."""
    return _server_of(os.getpid())


@lru_cache(maxsize=1)
def _server_of(pid: int) -> ForkServer:
    return ForkServer()
