"""A JupyterLab that is started, waited for, and ended."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from gradus_staff.course import CourseError
from gradus_staff.lab.students_python import StudentsPython

__all__ = ["Server", "free_port"]

START_SECONDS = 120
STOP_SECONDS = 15


def free_port(wanted: int | None) -> int:
    """The port asked for, else the first free one from 8888 on; CourseError where the one asked for is taken."""
    for port in [wanted] if wanted else range(8888, 8988):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise CourseError(f"port {wanted or '8888 to 8987'} is taken; choose another one with --port")


class Server:
    """A JupyterLab on `folder`, run by a student's Python. A context manager: at its end everything has stopped.

    page  what is opened, by its path in the folder          log  the file that the server's messages go to
    """

    def __init__(
        self, python: StudentsPython, folder: Path, page: str, port: int, log: Path, opens_browser: bool = True
    ) -> None:
        self.log = log
        self.token = secrets.token_urlsafe(24)
        self.address = f"http://127.0.0.1:{port}/lab/tree/{page}?token={self.token}"
        self._ping = f"http://127.0.0.1:{port}/api"
        self._command = [
            str(python.program), "-m", "jupyterlab",
            f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{page}",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        ]  # fmt: skip
        if not opens_browser:
            self._command.append("--no-browser")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            self._command.append("--allow-root")  # Jupyter asks for it, and in a container there is nobody else
        self._environment = {**python.environment(), "JUPYTER_TOKEN": self.token}
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        with self.log.open("wb") as log:
            # In a session of its own: Ctrl-C comes to this program alone, which ends the server without a question.
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def wait(self) -> None:
        """Until the server ends by itself, as by *File, Shut Down*; KeyboardInterrupt passes through."""
        assert self._process
        while self._process.poll() is None:
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server with its kernels, and be patient for a moment."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            self._process.kill()
            self._process.wait()

    def _wait_until_it_answers(self) -> None:
        assert self._process
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise CourseError(f"JupyterLab did not start; its last words in {self.log}: {self._last_words()}")
            try:
                urllib.request.urlopen(self._ping, timeout=2).close()
                return
            except urllib.error.HTTPError:
                return  # it answers, if only to say that it does not know us
            except OSError:
                time.sleep(0.2)
        raise CourseError(f"JupyterLab did not answer within {START_SECONDS} s; its messages are in {self.log}")

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "none"
