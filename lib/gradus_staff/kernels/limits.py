"""What a student's kernel may use, and the sentence that a student reads where a limit was reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Limits", "sentence_of_error"]

_MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """The limits of one cell, of one notebook, and of one kernel.

    A kernel's processor time is counted over all of its processes: several at once use it up faster than the clock.
    """

    cell_seconds: float = 30.0
    notebook_seconds: float = 900.0
    cores: float = 2.0
    """Processor time for each second that a cell may take: so many cores kept busy."""
    output_bytes: int = 2 * _MIB
    outputs: int = 500
    message_bytes: int = 64 * _MIB
    startup_seconds: float = 60.0
    interrupt_seconds: float = 3.0
    """How long an interrupted cell may take to stop before its kernel is killed."""
    memory_mib: int = 2048
    processes: int = 128
    """Processes and threads together."""
    file_mib: int = 64
    disk_mib: int = 256
    """All that is in the working folder, HOME and /tmp together."""
    files: int = 10_000
    open_files: int = 256
    shared_memory_mib: int = 64
    """What /dev/shm holds, where processes share arrays."""

    def cpu_seconds(self, seconds: float) -> float:
        """Processor time for what may take so many seconds."""
        return self.cores * seconds + 1.0

    def of_process(self, is_sandboxed: bool) -> dict[str, int]:
        """The limits that the system itself keeps for each process, by the names of the module `resource`."""
        limits = {
            "RLIMIT_CORE": 0,
            "RLIMIT_DATA": self.memory_mib * _MIB,
            "RLIMIT_FSIZE": self.file_mib * _MIB,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CPU": int(self.cpu_seconds(self.notebook_seconds)) + 1,
        }
        if is_sandboxed:  # elsewhere everything that the grader's user runs would count
            limits["RLIMIT_NPROC"] = self.processes + 8
        return limits


_SIGNS = (
    (r"MemoryError|can't allocate memory|Cannot allocate memory|Unable to allocate", "memory"),
    (r"can't start new thread|Errno 11\b.*unavailable|BlockingIOError", "processes"),
    (r"Errno 27\b|File too large", "file"),
    (r"Errno 28\b|No space left on device", "disk"),
    (r"Errno 24\b|Too many open files", "open files"),
)
"""How errors look that a limit causes, and which limit it is."""


def sentence_of_error(name: str, message: str, limits: Limits) -> str:
    """The limit behind an error that a cell raised, as a sentence; empty where no limit was behind it."""
    text = f"{name}: {message}"
    for pattern, limit in _SIGNS:
        if re.search(pattern, text):
            return _sentences(limits)[limit]
    return ""


def _sentences(limits: Limits) -> dict[str, str]:
    return {
        "memory": f"This cell asked for more memory than there is: a notebook may use {limits.memory_mib} MiB.",
        "processes": f"This cell started too much: a notebook may have {limits.processes} processes and threads.",
        "file": f"This cell wrote too large a file: a file may have {limits.file_mib} MiB.",
        "disk": f"This cell wrote too much: a notebook's files may have {limits.disk_mib} MiB together.",
        "open files": f"This cell opened too many files: a notebook may have {limits.open_files} open.",
    }
