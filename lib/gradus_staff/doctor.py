"""What this machine has and lacks, and what each lack costs."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Finding", "examine_machine", "find_chromium"]


_PACKAGES = (
    *("torch", "torchvision", "numpy", "matplotlib", "sympy"),
    *("jupyterlab", "nbgrader", "ipywidgets", "anywidget", "jupytext"),
)


@dataclass(frozen=True)
class Finding:
    """One thing looked for. `cost` says what is not possible without it; empty where it is there."""

    name: str
    found: str
    cost: str = ""
    is_required: bool = True

    @property
    def is_fine(self) -> bool:
        return not self.cost


def examine_machine() -> list[Finding]:
    """Look for everything that Gradus uses."""
    return [
        _python(),
        *map(_package, _PACKAGES),
        _sandbox(),
        _chromium(),
        _data(),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", version, "" if sys.version_info >= (3, 11) else "Gradus needs Python 3.11 or newer.")


def _package(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", f"Install it with: pip install {name}")


def _sandbox() -> Finding:
    from gradus_staff.kernels.sandbox import why_no_sandbox

    if why := why_no_sandbox():
        cost = "Submissions are not graded, unless you say `--sandbox none`: then their code can do whatever you can."
        return Finding("bubblewrap", f"no sandbox: {why}", cost, is_required=False)
    return Finding("bubblewrap", shutil.which("bwrap") or "", is_required=False)


def find_chromium() -> str | None:
    """The browser that tests drive: GRADUS_CHROMIUM, else what is on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("GRADUS_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _chromium() -> Finding:
    path = find_chromium()
    cost = "" if path else "Tests in the browser cannot run; students and graders do not need it."
    return Finding("chromium", path or "missing", cost, is_required=False)


def _data() -> Finding:
    folder = os.environ.get("GRADUS_DATA")
    if folder and (Path(folder) / "FashionMNIST").is_dir():
        return Finding("GRADUS_DATA", folder, is_required=False)
    return Finding(
        "GRADUS_DATA",
        "not set",
        "Data are downloaded at first use; without a network, stand-ins take their place.",
        False,
    )
