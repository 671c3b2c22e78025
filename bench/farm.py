"""A simulated farm: how many workers one writer can keep busy, from durations that were measured in a real run.

    python bench/farm.py [--students 12] [--workers 1 2 4 8 16 32 64]

First a class is graded here by one worker (gradus_staff.farm), which gives the seconds that a worker needs for each
submission. Then its outcomes come back at once, under other names, and the process that hands out, reads and writes is
measured: the coordinator's seconds a submission, with the pickling that a cluster adds. Last, a discrete-event
simulation draws from the worker's durations: W workers, at most two submissions on their way for each, and one
coordinator that does one thing at a time. Networks and disks of other machines are not in it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import pickle
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from classes import ASSIGNMENT, class_of

from gradus_staff.course import Course
from gradus_staff.farm.crew import Alone
from gradus_staff.farm.outcome import Outcome
from gradus_staff.farm.pack import make_pack
from gradus_staff.farm.parcel import read_parcel
from gradus_staff.farm.run import hand_out
from gradus_staff.grading import grade_class


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=12, help="how many submissions are graded for the durations")
    parser.add_argument("--written", type=int, default=120, help="how many outcomes are written for the coordinator's")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8, 16, 32, 64])
    parser.add_argument("--submissions", type=int, default=2000, help="of the simulated class")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gradus-bench-") as folder:
        course = class_of(options.written, Path(folder) / "course")
        outcomes = graded(course, options.students)
        coordinator = coordinator_seconds(course, outcomes)
        carried = carrying_seconds(outcomes)
    workers = [outcome.seconds for outcome in outcomes]
    print(f"worker: {statistics.mean(workers):.3f} s a submission (from {min(workers):.3f} to {max(workers):.3f})")
    print(f"coordinator: {1000 * coordinator:.1f} ms a submission; on a cluster {1000 * carried:.1f} ms more")
    rows = [simulate(number, workers, coordinator + carried, options.submissions) for number in options.workers]
    print(f"\n{'workers':>7} {'a minute':>9} {'speed-up':>9} {'workers busy':>13} {'coordinator busy':>17}")
    for row in rows:
        row["speed_up"] = round(row["a_minute"] / rows[0]["a_minute"], 1)
        print(f"{row['workers']:>7} {row['a_minute']:>9.0f} {row['speed_up']:>9.1f} {row['workers_busy']:>12.0%} "
              f"{row['coordinator_busy']:>16.0%}")  # fmt: skip
    saturates = statistics.mean(workers) / (coordinator + carried)
    print(
        f"\nThe one writer is the limit from {saturates:.0f} workers on: {60 / (coordinator + carried):.0f} a minute."
    )
    result = {
        "bench": "farm", "assignment": ASSIGNMENT, "cores": len(os.sched_getaffinity(0)),
        "worker_s": round(statistics.mean(workers), 4), "coordinator_s": round(coordinator, 5),
        "carrying_s": round(carried, 5), "saturates_at_workers": round(saturates, 1), "rows": rows,
    }  # fmt: skip
    print(json.dumps(result))


def graded(course: Course, number: int) -> list[Outcome]:
    """What a worker makes of so many submissions; the first is graded twice, because a worker warms up once."""
    ignore = course.directory(ASSIGNMENT).ignore
    names = course.students(ASSIGNMENT)[:number]
    parcels = [read_parcel(course.folder("submitted", name, ASSIGNMENT), name, ASSIGNMENT, ignore) for name in names]
    outcomes = list(hand_out(Alone(), make_pack(course, ASSIGNMENT), iter([parcels[0], *parcels])))[1:]
    assert not any(outcome.problem for outcome in outcomes), [outcome.problem for outcome in outcomes]
    return outcomes


class Echo(Executor):
    """A crew whose workers need no time: outcomes that were seen before, under the student's name."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        self.given = 0

    def width(self) -> int:
        return 4

    @contextmanager
    def hired(self) -> Iterator[Executor]:
        yield self

    def share(self, executor: Executor, value: Any) -> Any:
        return value

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Outcome]:
        outcome = self.outcomes[self.given % len(self.outcomes)]
        self.given += 1
        future: Future[Outcome] = Future()
        future.set_result(replace(outcome, student=args[1].student))
        return future


def coordinator_seconds(course: Course, outcomes: list[Outcome]) -> float:
    """Seconds a submission of reading, handing out, writing and remembering: the later half of a class."""
    half = course.students(ASSIGNMENT)[: len(course.students(ASSIGNMENT)) // 2]
    grade_class(course, ASSIGNMENT, half, crew=Echo(outcomes))
    everybody = course.students(ASSIGNMENT)
    started = time.perf_counter()
    grade_class(course, ASSIGNMENT, half, crew=Echo(outcomes))
    first = time.perf_counter() - started
    started = time.perf_counter()
    grade_class(course, ASSIGNMENT, everybody, crew=Echo(outcomes))
    return (time.perf_counter() - started - first) / (len(everybody) - len(half))  # what is done once cancels out


def carrying_seconds(outcomes: list[Outcome]) -> float:
    """Seconds that packing and unpacking an outcome takes, here for both ends."""
    started = time.perf_counter()
    for outcome in outcomes:
        pickle.loads(pickle.dumps(outcome))
    return (time.perf_counter() - started) / len(outcomes)


def simulate(workers: int, durations: list[float], coordinator: float, submissions: int) -> dict:
    """Grade `submissions` with so many workers.

    durations    seconds of a worker, drawn from with a fixed seed
    coordinator  seconds of the one process a submission: a tenth to hand it out, the rest when it comes back
    """
    rng = random.Random(0)
    giving, taking = 0.1 * coordinator, 0.9 * coordinator
    finished: list[float] = []  # when outcomes arrive at the coordinator
    free = [0.0] * workers  # when each worker has nothing left to do
    now = worked = 0.0
    given = taken = 0
    while taken < submissions:
        while given < submissions and given - taken < 2 * workers:
            now += giving
            seconds = rng.choice(durations)
            end = max(heapq.heappop(free), now) + seconds
            heapq.heappush(free, end)
            heapq.heappush(finished, end)
            worked += seconds
            given += 1
        now = max(now, finished[0])
        arrived = now
        while finished and finished[0] <= arrived:  # as gradus_staff.farm.run: all that have come, then new ones go out
            heapq.heappop(finished)
            now += taking
            taken += 1
    return {
        "workers": workers, "a_minute": round(60 * submissions / now, 1),
        "workers_busy": round(worked / (workers * now), 3),
        "coordinator_busy": round(submissions * coordinator / now, 3),
    }  # fmt: skip


if __name__ == "__main__":
    main()
