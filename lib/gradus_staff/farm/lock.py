"""One grader at a time: a lock on the course, which ends with the process that holds it, however that ends."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradus_staff.course import Course

__all__ = ["grading_lock"]


@contextmanager
def grading_lock(course: Course, assignment: str, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the course's lock; wait for it where somebody else does, after on_wait(a sentence that says who)."""
    path = course.root / ".gradus" / "grading.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        has_waited = False
        while not _try(file.fileno()):
            if not has_waited:
                on_wait(f"waiting: {_holder(file)}")
                has_waited = True
            time.sleep(0.2)
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        file.truncate(0)
        json.dump({"process": os.getpid(), "machine": socket.gethostname(), "since": now, "grades": assignment}, file)
        file.flush()
        yield


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file) -> str:  # type: ignore[no-untyped-def]
    file.seek(0)
    try:
        held = json.loads(file.read())
        return (
            f"process {held['process']} on {held['machine']} has been grading {held['grades']} in this course since "
            f"{held['since']}"
        )
    except (ValueError, KeyError, TypeError):
        return "another process is grading in this course"
