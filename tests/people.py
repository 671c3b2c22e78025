"""Somebody with a home, a Python and a Jupyter server of their own; students have no staff's package."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


def students_python(folder: Path) -> Path:
    """The Python of an environment that holds the students' package and what it needs, and no gradus_staff.

    The packages, JupyterLab and its extensions are this environment's; of the two packages of ours it has one.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (packages / "gradus").symlink_to(ROOT / "lib" / "gradus", target_is_directory=True)
    for place in ("share", "etc"):
        (folder / place).mkdir(exist_ok=True)
        (folder / place / "jupyter").symlink_to(Path(sys.prefix) / place / "jupyter", target_is_directory=True)
    return folder / "bin" / "python"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen, log: Path, seconds: float = 240) -> None:
    """Until the address answers well; fails with the end of the log where the process ends or time runs out."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(0.2)


def stop(process: subprocess.Popen) -> None:
    """End a server and everything that it has started, also in sessions of their own."""
    started = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in started:
        with suppress(psutil.NoSuchProcess):
            child.kill()


class Person:
    """A home in a folder of its own, with an nbgrader configuration; Jupyter keeps everything inside it."""

    def __init__(self, home: Path, python: Path, nbgrader_config: str = "") -> None:
        self.home, self.python = home, python
        config = home / ".jupyter"
        settings = config / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        quiet = {"fetchNews": "false", "checkForUpdates": False}  # no questions to the internet, and none about it
        (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
        (config / "nbgrader_config.py").write_text(nbgrader_config, encoding="utf-8")
        self.environment = environment(home, python)

    def switch_off(self, *extensions: str) -> None:
        """Leave parts of nbgrader out of this person's server and JupyterLab."""
        servers = {f"nbgrader.server_extensions.{name}": False for name in extensions if "-" not in name}
        settings = {"ServerApp": {"jpserver_extensions": servers}}
        (self.home / ".jupyter" / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
        pages = self.home / ".jupyter" / "labconfig"
        pages.mkdir()
        disabled = {f"@jupyter/nbgrader:{name.replace('_', '-')}": True for name in extensions}
        (pages / "page_config.json").write_text(json.dumps({"disabledExtensions": disabled}), encoding="utf-8")

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `python -m ...` as this person, in the home unless said otherwise."""
        command = [str(self.python), "-m", *arguments]
        return subprocess.run(command, cwd=cwd or self.home, env=self.environment, capture_output=True, text=True,
                              timeout=600, check=False)  # fmt: skip

    @contextmanager
    def lab(self, cwd: Path | None = None) -> Iterator[str]:
        """JupyterLab on the home, unless said otherwise; gives its address."""
        port, log = free_port(), self.home / ".server.log"
        command = [str(self.python), "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ip=127.0.0.1"]
        command += ["--allow-root", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
        with log.open("w") as output:
            server = subprocess.Popen(command, cwd=cwd or self.home, env=self.environment, stdout=output,
                                      stderr=subprocess.STDOUT)  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{url}/api", server, log)
            yield url
        finally:
            stop(server)


def environment(home: Path, python: Path) -> dict[str, str]:
    """This process' environment, with another home and Python first on the path, and nothing of our own Jupyter."""
    ours = ("JUPYTER", "NBGRADER", "GRADUS_SCALE", "GRADUS_STUDENT", "XDG")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    return env | {"HOME": str(home), "PATH": path, "OMP_NUM_THREADS": "1", "PYTHONNOUSERSITE": "1"}
