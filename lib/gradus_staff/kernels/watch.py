"""How much a kernel and everything that it has started use, measured from outside."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from gradus_staff.kernels.limits import Limits

__all__ = ["Watch", "descendants"]

_SECONDS_BETWEEN_LOOKS = 0.2
_MIB = 2**20


class Watch:
    """Looks at the processes `pids` and their descendants. Nothing is taken on the kernel's word.

    file_systems  open folders, one in each file system that the kernel may write
    """

    def __init__(self, pids: Sequence[int], limits: Limits, file_systems: Sequence[int] = ()) -> None:
        self._pids, self._limits, self._file_systems = pids, limits, file_systems
        self._looked = 0.0
        self._cpu_before = 0.0
        self._cpu_allowed = limits.cpu_seconds(limits.cell_seconds)

    def begin_cell(self, seconds: float) -> None:
        """A cell starts that may take so many seconds; its processor time is counted from here."""
        self._cpu_before = sum(map(_cpu_seconds, self._processes()))
        self._cpu_allowed = self._limits.cpu_seconds(seconds)
        self._looked = time.monotonic()

    def look(self) -> str:
        """The limit that is exceeded, as a sentence; empty where none is, or where it is too early to look again."""
        now = time.monotonic()
        if now - self._looked < _SECONDS_BETWEEN_LOOKS:
            return ""
        processes = self._processes()
        sentence = self._memory(processes) or self._number(processes) or self._cpu(processes) or self._files()
        self._looked = time.monotonic()
        return sentence

    def _processes(self) -> list[psutil.Process]:
        found: list[psutil.Process] = []
        for pid in dict.fromkeys(one for root in self._pids for one in (root, *descendants(root))):
            with contextlib.suppress(psutil.Error):
                found.append(psutil.Process(pid))
        return found

    def _memory(self, processes: list[psutil.Process]) -> str:
        allowed = self._limits.memory_mib * _MIB
        if sum(map(_resident, processes)) <= allowed or sum(map(_proportional, processes)) <= allowed:
            return ""
        return f"This cell was stopped: the notebook used more than {self._limits.memory_mib} MiB of memory."

    def _number(self, processes: list[psutil.Process]) -> str:
        if sum(map(_threads, processes)) <= self._limits.processes:
            return ""
        return f"This cell was stopped: it had more than {self._limits.processes} processes and threads."

    def _cpu(self, processes: list[psutil.Process]) -> str:
        if sum(map(_cpu_seconds, processes)) - self._cpu_before <= self._cpu_allowed:
            return ""
        return f"This cell was stopped: it used more than {self._cpu_allowed:.0f} s of processor time."

    def _files(self) -> str:
        for folder in self._file_systems:
            state = os.fstatvfs(folder)
            if state.f_files - state.f_ffree > self._limits.files:
                return f"This cell was stopped: it made more than {self._limits.files} files."
        return ""


def descendants(pid: int) -> list[int]:
    """All processes that a process has started, and they again; those that started first come first."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop(0)
        try:
            tasks = os.listdir(f"/proc/{one}/task")
            texts = [Path(f"/proc/{one}/task/{task}/children").read_text(encoding="ascii") for task in tasks]
        except OSError:
            if one == pid and not _LINUX_LISTS_CHILDREN:
                return _descendants_anywhere(pid)
            continue
        children = [int(child) for text in texts for child in text.split()]
        found += children
        waiting += children
    return found


_LINUX_LISTS_CHILDREN = Path("/proc/thread-self/children").exists()
"""Not every kernel is built so that it lists a process' children; to look through all processes is much slower."""


def _descendants_anywhere(pid: int) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return []


def _cpu_seconds(process: psutil.Process) -> float:
    """The processor time of a process and of those of its children that have ended."""
    with contextlib.suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _threads(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.num_threads())
    return 0


def _resident(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _proportional(process: psutil.Process) -> int:
    """Memory with shared pages counted once over all processes; all resident pages where that is not to be had."""
    with contextlib.suppress(psutil.Error, AttributeError):
        return int(process.memory_full_info().pss)
    return _resident(process)
