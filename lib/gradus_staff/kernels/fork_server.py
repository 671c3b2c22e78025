"""The graders' end of the process that forks kernels (prefork.py): one a machine, started at first use.

Whoever starts it may tell its address to the other graders of the machine, who then share it and its memory.
"""

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

from gradus_staff.kernels.workplace import PASSED_ON, students_library, use_library

__all__ = ["ForkServer", "fork_server", "share_fork_server"]


class ForkServer:
    """Forks kernels on demand. A server that has died is started anew by the next order.

    address  of a server that somebody else has started; where that is gone, a server of our own is started
    """

    def __init__(self, address: str = "") -> None:
        self._shared = address
        self._folder = Path(tempfile.mkdtemp(prefix="gradus-prefork-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._life: socket.socket | None = None
        self._socket: socket.socket | None = None
        self._starts = 0
        self._lock = threading.Lock()
        self._owner = os.getpid()
        atexit.register(self.close)

    @property
    def pid(self) -> int | None:
        """The server's process; None where it is not ours, or has not been started yet."""
        return self._process.pid if self._process else None

    def warm_up(self) -> str:
        """Let the server begin with its imports. Returns its address."""
        with self._lock:
            self._ensure()
            return self._shared or str(self._address)

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
        """End the server, if it is ours; kernels that it has forked live on."""
        if os.getpid() == self._owner:  # not in a forked child
            self._end()
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _address(self) -> Path:
        return self._folder / f"door-{self._starts}"

    def _ensure(self) -> None:
        if self._shared:
            if self._socket is not None or self._connect(self._shared):
                return
            self._shared = ""  # the other's is gone
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        self._start()
        if not self._connect(str(self._address)):
            raise OSError("the process that forks kernels could not be reached")

    def _connect(self, address: str) -> bool:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            return False
        self._socket = connection
        return True

    def _start(self) -> None:
        self._starts += 1
        self._life, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {"HOME": str(self._folder), "MPLCONFIGDIR": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.setdefault("OMP_NUM_THREADS", "2")
        with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
            door.bind(str(self._address))  # in a folder that is closed to other users
            door.listen(256)
            handles = [door.fileno(), theirs.fileno()]
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(students_library() / "prefork.py"), *map(str, handles)],
                pass_fds=handles, env=environment, cwd="/", start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def _end(self) -> None:
        for connection in (self._socket, self._life):
            if connection is not None:
                connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._socket = self._life = None


_shared_address = ""


def share_fork_server(address: str, library: Path) -> None:
    """From now on this process uses the server at the address, and the library from which that has imported.

    Called once a worker, before its first kernel.
    """
    global _shared_address
    _shared_address = address
    use_library(library)
    _server_of.cache_clear()


def fork_server() -> ForkServer:
    """This process' server; a forked process gets one of its own."""
    return _server_of(os.getpid())


@lru_cache(maxsize=1)
def _server_of(pid: int) -> ForkServer:
    return ForkServer(_shared_address)
