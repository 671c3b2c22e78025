"""The workers of a Dask cluster that is there already: any machines that have the same Gradus as we, and a sandbox."""

from __future__ import annotations

import pickle
import platform
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from gradus_staff.course import CourseError
from gradus_staff.farm.outcome import Outcome
from gradus_staff.farm.pack import VERSIONS, Pack, sources_digest
from gradus_staff.farm.parcel import Parcel
from gradus_staff.kernels.sandbox import why_no_sandbox

__all__ = ["Cluster", "WorkersLostError"]

_COUNT_AGAIN_SECONDS = 5.0
"""So often the scheduler is asked how many workers there are."""


class WorkersLostError(BrokenExecutor):
    """So many workers were lost that had this task, or had it waiting, that Dask tries no more; other tasks go on."""


class Cluster:
    """A Dask cluster. CourseError where no scheduler answers, where it is lost, or where a worker is unfit to grade.

    seconds  to wait for the scheduler's answer        on_wait  told, in a sentence, that there are no workers yet
    """

    is_here = False

    def __init__(self, address: str, seconds: float = 10.0, on_wait: Callable[[str], None] = print) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError:
            raise CourseError("--scheduler needs Dask; install it with: pip install distributed") from None
        self.address, self._on_wait = address, on_wait
        self.shared: object = None  # Dask's name for what was shared last
        self._threads, self._counted = 0, float("-inf")
        _check(address)
        try:
            self._client = Client(address, timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise CourseError(f"no Dask scheduler answers at {address} ({_line(error)}); is it running?") from error

    def width(self) -> int:
        """Two a thread: one that is graded, one that waits. The cluster may grow and shrink meanwhile."""
        if time.monotonic() > self._counted + _COUNT_AGAIN_SECONDS:
            self._threads, self._counted = self._count(), time.monotonic()
        return max(2, 2 * self._threads)

    @contextmanager
    def hired(self) -> Iterator[Executor]:
        executor = _Hired(self)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)

    def share(self, executor: Executor, value: Any) -> Any:
        """A task whose result is the value: workers pass it on to each other, and it is made anew where it is lost."""
        if not self._count():
            self._on_wait(f"the Dask scheduler at {self.address} has no workers yet; waiting for the first")
        future = self._client.submit(_unchanged, value, pure=False)
        self.shared = future.key
        return future

    def close(self) -> None:
        self._client.close()

    def _count(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            raise self.lost() from None

    def lost(self) -> CourseError:
        """What to say when the scheduler is gone."""
        return CourseError(
            f"the Dask scheduler at {self.address} was lost; what had been graded is saved. "
            "Start it again and run the same command: it goes on from there"
        )


def _check(address: str) -> None:
    """CourseError where an address cannot be used; Dask's client would not end cleanly there."""
    from distributed import Security
    from distributed.comm import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    try:
        scheme, location = parse_address(address)
        get_backend(scheme)
        parse_host_port(location)
    except ValueError as error:
        raise CourseError(f"{address} is no address of a Dask scheduler ({error}); try tcp://MACHINE:8786") from None
    if scheme in ("tls", "wss") and not Security().get_connection_args("client")["ssl_context"]:
        raise CourseError(f"{address} needs certificates; see Security in docs/scaling.md")


class _Hired(Executor):
    """Dask's own executor, with our exceptions in place of Dask's."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._inner = cluster._client.get_executor(pure=False, retries=2)
        self._ours = what_grades()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        asked = self._inner.submit(_on_worker, self._ours, fn, *args, **kwargs)
        asked.add_done_callback(lambda done: self._hand_on(done, future))
        return future

    def _hand_on(self, done: Future[Any], future: Future[Any]) -> None:
        from distributed.scheduler import KilledWorker

        try:
            outcome = done.result()
            if isinstance(outcome, str):
                raise CourseError(outcome)
            future.set_result(outcome)
        except CancelledError:
            future.set_exception(self._why_cancelled())
        except KilledWorker as error:
            is_shared = error.task == self._cluster.shared  # lost with what all tasks need, so all are
            future.set_exception((BrokenExecutor if is_shared else WorkersLostError)(str(error)))
        except Exception as error:
            future.set_exception(error)

    def _why_cancelled(self) -> Exception:
        """Dask gives all tasks up when the scheduler is lost, or when somebody restarts the cluster's workers."""
        if self._cluster._client.status == "running":
            return BrokenExecutor("the cluster has given the task up")
        return self._cluster.lost()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._inner.shutdown(wait=wait)


def _unchanged(value: Any) -> Any:
    return value


def _on_worker(ours: dict[str, str], function: Callable[..., Outcome], pack: Pack, parcel: Parcel) -> Outcome | str:
    """Runs on a worker. A sentence where it is unfit to grade for us: Dask would try an exception again elsewhere."""
    if problem := _unfit(tuple(ours.items()), pack.config):
        return f"the Dask worker on {socket.gethostname()} {problem}"
    return function(pack, parcel)


@lru_cache(maxsize=4)
def _unfit(ours: tuple[tuple[str, str], ...], config: bytes) -> str:
    """Why this process may not grade, or nothing. Besides, what a worker does once."""
    import torch

    torch.set_num_threads(1)  # the key's own arithmetic is small; more threads only wait for each other
    here = what_grades()
    if different := [f"{name} {here[name]}, not {wanted}" for name, wanted in ours if here[name] != wanted]:
        return f"has {', '.join(different)}; give all workers what this machine has"
    wants_sandbox = pickle.loads(config).Execute.get("sandbox", "bubblewrap") != "none"
    if wants_sandbox and (why := why_no_sandbox()):
        return f"has no sandbox ({why}); install bubblewrap there, or take the worker out of the cluster"
    return ""


def what_grades() -> dict[str, str]:
    """The releases on which a verdict depends."""
    found = {"Gradus": sources_digest()[:12], "Python": platform.python_version()}
    for name in VERSIONS:
        try:
            found[name] = version(name).partition("+")[0]  # a build for another processor is the same release
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def _line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
