"""The folders that one student's kernel lives in: private, with what the assignment declares, gone afterwards."""

from __future__ import annotations

import compileall
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

__all__ = ["PASSED_ON", "Workplace", "students_library", "use_library"]

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "GRADUS_DATA")
"""Environment variables that a student's kernel may know."""


_library: Path | None = None


def use_library(folder: Path) -> None:
    """From now on, `students_library` is one that another process has made, and will remove."""
    global _library
    _library = folder


def students_library() -> Path:
    """A folder with a copy of the package `gradus` and what starts kernels."""
    return _library or _own_library()


@lru_cache(maxsize=1)
def _own_library() -> Path:
    """A folder with a copy of the package `gradus` and the what starts kernels, made once per process.

    A copy, because beside the original lies the staff's package.
    """
    folder = Path(tempfile.mkdtemp(prefix="gradus-library-"))
    _remove_at_exit(folder)
    package = Path(str(files("gradus")))
    shutil.copytree(package, folder / "gradus", ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("launch.py", "prefork.py"):
        shutil.copy(Path(__file__).with_name(name), folder / name)
    compileall.compile_dir(folder, quiet=2)
    folder.chmod(0o755)
    return folder


def _remove_at_exit(folder: Path) -> None:
    import atexit

    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # not in a forked child
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)


class Workplace:
    """The folders of one kernel. A context manager.

    work  what the assignment brings; without a sandbox, the kernel's working folder      home  likewise, its HOME
    run   sockets, the connection file and the order to the launcher                      temporary  TMPDIR
    """

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="gradus-"))
        self.work, self.home, self.run, self.temporary = (
            self.root / name for name in ("work", "home", "run", "temporary")
        )
        for folder in (self.work, self.home, self.run, self.temporary):
            folder.mkdir(mode=0o755)  # the folder around them is closed

    def __enter__(self) -> Workplace:
        return self

    def __exit__(self, *exception: object) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def bring(self, folder: Path, names: Iterable[str]) -> None:
        """Copy declared files into the working folder: plain files only, none that leads out of `folder`."""
        for name in names:
            source = folder / name
            inside = source.resolve().is_relative_to(folder.resolve())
            if inside and source.is_file() and not source.is_symlink():
                target = self.work / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def environment(
        self, extra: dict[str, str], home: Path | None = None, temporary: Path | None = None
    ) -> dict[str, str]:
        """All that the kernel's process finds in its environment.

        home, temporary  where the kernel finds HOME and TMPDIR, if not in the folders of this machine
        """
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        home = home or self.home
        own = {
            "HOME": str(home),
            "IPYTHONDIR": str(home / ".ipython"),
            "JUPYTER_RUNTIME_DIR": str(home / ".jupyter"),
            "MPLCONFIGDIR": str(home / ".matplotlib"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "TMPDIR": str(temporary or self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        self._bring_font_list()
        return {"OMP_NUM_THREADS": "2", **kept, **own, **extra}

    def _bring_font_list(self) -> None:
        """matplotlib's list of fonts takes seconds to make; give each kernel a copy."""
        for path in _font_lists():
            target = self.home / ".matplotlib" / path.name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)


@lru_cache(maxsize=1)
def _font_lists() -> tuple[Path, ...]:
    import matplotlib
    import matplotlib.font_manager

    return tuple(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
