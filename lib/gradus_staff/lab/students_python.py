"""A Python that has what the instructor's has, except the staff's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from importlib.resources import files
from pathlib import Path

from gradus_staff.course import CourseError

__all__ = ["StudentsPython"]

_LOOK = """
from importlib.util import find_spec
import sys
sys.exit(1 if find_spec("gradus_staff") else 2 if not find_spec("gradus") else 0)
"""


class StudentsPython:
    """A virtual environment in `folder`: a copy of the package `gradus`, and the instructor's other packages by path.

    A copy, because beside the original lies the staff's package. Paths in a .pth file are taken as they are, so the
    one that an editable installation has left is not followed. CourseError where the staff's package is seen even so.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder)
        scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.program = scripts / ("python.exe" if os.name == "nt" else "python")
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
        shutil.copytree(
            Path(str(files("gradus"))),
            packages / "gradus",
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
        (packages / "instructors-packages.pth").write_text("\n".join(_package_folders()) + "\n", encoding="utf-8")
        self._require_students_only()

    def environment(self) -> dict[str, str]:
        """The environment of its processes: this one's, with Jupyter's data and programs found, and nothing added."""
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
        prefix = Path(sys.prefix)
        ours = {
            "VIRTUAL_ENV": str(self.folder),
            "PATH": os.pathsep.join([str(self.program.parent), sysconfig.get_path("scripts"), kept.get("PATH", "")]),
            "JUPYTER_PATH": _joined(kept.get("JUPYTER_PATH"), prefix / "share" / "jupyter"),
            "JUPYTER_CONFIG_PATH": _joined(kept.get("JUPYTER_CONFIG_PATH"), prefix / "etc" / "jupyter"),
            "JUPYTERLAB_DIR": kept.get("JUPYTERLAB_DIR", str(prefix / "share" / "jupyter" / "lab")),
        }
        return {**kept, **ours}

    def _require_students_only(self) -> None:
        outcome = subprocess.run(
            [self.program, "-c", _LOOK], env=self.environment(), cwd=self.folder, check=False, capture_output=True
        )
        if outcome.returncode:
            seen = "the staff's package is seen in it" if outcome.returncode == 1 else "it does not find the course"
            raise CourseError(f"a Python as a student has it could not be made: {seen}; install Gradus in a .venv")


def _package_folders() -> list[str]:
    """Where this Python has its installed packages."""
    folders = [Path(name).resolve() for name in sys.path if name]
    return [str(folder) for folder in dict.fromkeys(folders) if folder.name in ("site-packages", "dist-packages")]


def _joined(given: str | None, path: Path) -> str:
    return os.pathsep.join([*([given] if given else []), str(path)])
