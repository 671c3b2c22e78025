"""A submission's folder as plain data: it travels to a worker as bytes, and is laid out there."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import find_all_files

from gradus_staff.submission import MAX_FILE_BYTES

__all__ = ["Entry", "Parcel", "lay_out", "read_parcel"]


@dataclass(frozen=True)
class Entry:
    """One file of a submission.

    content  None for what does not travel: a link or a device, or a file of more than 64 MiB
    size     bytes; -1 for what is no plain file
    """

    name: str
    content: bytes | None
    size: int


@dataclass(frozen=True)
class Parcel:
    """All files of one submission."""

    student: str
    assignment: str
    entries: tuple[Entry, ...]

    def digest(self) -> str:
        """The same for the same submission."""
        digest = hashlib.sha256()
        for entry in self.entries:
            digest.update(f"{entry.name}\0{entry.size}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.sha256(entry.content or b"").digest())
        return digest.hexdigest()


def read_parcel(folder: Path, student: str, assignment: str, ignore: list[str]) -> Parcel:
    """Read a submission's folder. ignore: patterns of files that nbgrader does not take (CourseDirectory.ignore)."""
    names = find_all_files(str(folder), ignore)
    return Parcel(student, assignment, tuple(_read(folder, Path(name)) for name in sorted(names)))


def _read(folder: Path, path: Path) -> Entry:
    name = str(path.relative_to(folder))
    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode):
        return Entry(name, None, -1)
    if state.st_size > MAX_FILE_BYTES:
        return Entry(name, None, state.st_size)
    content = path.read_bytes()
    return Entry(name, content, len(content))


def lay_out(parcel: Parcel, folder: Path) -> None:
    """Write the submission below `folder`; what did not travel has a stand-in, judged as the original would be."""
    folder.mkdir(parents=True)
    for entry in parcel.entries:
        path = folder / entry.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.content is not None:
            path.write_bytes(entry.content)
        elif entry.size < 0:
            path.symlink_to("no-plain-file")
        else:
            with path.open("wb") as file:
                file.truncate(entry.size)  # takes no room on disk
