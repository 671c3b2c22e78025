"""The workers: processes of this machine, or nobody but us; cluster.py has those of other machines. All are executors
of concurrent.futures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from gradus_staff.farm.beginning import begin, prepare
from gradus_staff.kernels.fork_server import fork_server
from gradus_staff.kernels.sandbox import why_no_sandbox
from gradus_staff.kernels.workplace import students_library

__all__ = ["Alone", "Crew", "Here", "cores"]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew(Protocol):
    """Something that can hire workers. is_here: do they start kernels on this machine?"""

    is_here: bool

    def width(self) -> int:
        """How many submissions may be on their way at once."""
        ...

    def hired(self) -> Any:
        """A context manager with an Executor; entered anew where the workers of the last one are lost."""
        ...

    def share(self, executor: Executor, value: Any) -> Any:
        """Make a value known to all workers once; what comes back stands for it in `submit`."""
        ...


class _Now(Executor):
    """Does what it is told at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Alone:
    """No workers: everything in this process. For a proof or two, not for a class."""

    is_here = True

    def width(self) -> int:
        return 1

    @contextmanager
    def hired(self) -> Iterator[Executor]:
        yield _Now()

    def share(self, executor: Executor, value: Any) -> Any:
        return value


class Here:
    """Processes of this machine. They begin with what one process has imported, and share its memory; so do kernels."""

    is_here = True

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._context = prepare()
        self._server: tuple[str, Path | None] = ("", None)
        if not why_no_sandbox():
            self._server = fork_server().warm_up(), students_library()

    def width(self) -> int:
        return self.jobs + 1  # one waits, so that no worker does

    @contextmanager
    def hired(self) -> Iterator[Executor]:
        with ProcessPoolExecutor(self.jobs, self._context, begin, self._server) as executor:
            try:
                yield executor
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise

    def share(self, executor: Executor, value: Any) -> Any:
        return value
