"""The files that a student's code wrote in its working folder, brought back beside the autograded notebook.

Plain files only, with plain names, few and small; nothing that is there already is replaced. The folder is read after
its kernel has ended, and by handles: no link leads out of it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Harvest", "bring_back"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True)
class Harvest:
    """How much may come back."""

    files: int = 100
    mib: int = 32
    depth: int = 4


def bring_back(handle: int, target: Path, most: Harvest) -> str:
    """Copy what was written under an open folder into `target`. Returns a sentence where files stayed behind."""
    left, kept, size = 0, 0, 0
    for folder, name, parts in _entries(handle, (), most.depth):
        goal = target.joinpath(*parts, name)
        if goal.exists() or goal.is_symlink():
            continue
        content = _read(folder, name, most.mib * 2**20 - size) if kept < most.files and _is_plain(name) else None
        if content is None:
            left += 1
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(content)
        kept, size = kept + 1, size + len(content)
    if not left:
        return ""
    return (
        f"Of the files that the notebook wrote, {left} stayed behind: at most {most.files} plain files with plain "
        f"names and {most.mib} MiB together are kept."
    )


def _entries(handle: int, parts: tuple[str, ...], depth: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(handle of the folder, name, the folders above) of everything that is not a folder, in order."""
    for name in sorted(os.listdir(handle))[:1000]:
        if name.startswith("."):
            continue
        if not stat.S_ISDIR(os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode):
            yield handle, name, parts
        elif depth > 1 and _is_plain(name) and name != "__pycache__":
            try:
                inner = os.open(name, _FOLDER, dir_fd=handle)
            except OSError:
                continue
            try:
                yield from _entries(inner, (*parts, name), depth - 1)
            finally:
                os.close(inner)


def _is_plain(name: str) -> bool:
    return name.isprintable() and not set(name) & set('<>"&\\') and not name.endswith(".ipynb") and len(name) < 200


def _read(folder: int, name: str, most: int) -> bytes | None:
    """The content of a regular file of at most so many bytes; None for everything else."""
    try:
        handle = os.open(name, _FILE, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or state.st_size > most:
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None
