"""Hands submissions out to workers and collects what comes back, whatever happens to the workers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import chain
from typing import Any

from gradus_staff.course import CourseError
from gradus_staff.farm.cluster import WorkersLostError
from gradus_staff.farm.crew import Crew
from gradus_staff.farm.outcome import Outcome
from gradus_staff.farm.pack import Pack
from gradus_staff.farm.parcel import Parcel
from gradus_staff.farm.worker import grade_parcel

__all__ = ["hand_out"]

_TRIES = 3
"""So often a submission is graded whose worker is lost."""


def hand_out(
    crew: Crew, pack: Pack, parcels: Iterator[Parcel], on_start: Callable[[str], None] = lambda student: None
) -> Iterator[Outcome]:
    """Have the parcels graded; yields an outcome for each, in the order in which they are finished.

    Only as many parcels are read as are on their way. A submission whose worker is lost is tried again, and, since it
    may be what kills workers, alone; the third time it is given up, with a sentence.
    """
    losses: Counter[str] = Counter()
    suspects: deque[Parcel] = deque()
    first = next(parcels, None)  # nobody is hired where there is nothing to do
    if first is None:
        return
    parcels = chain([first], parcels)
    more = True
    while more or suspects:
        with crew.hired() as executor:
            shared = crew.share(executor, pack)
            waiting: dict[Future[Outcome], Parcel] = {}
            is_broken = False
            while not is_broken:
                more = _fill(executor, shared, waiting, suspects, parcels, crew.width(), on_start) and more
                if not waiting:
                    break
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    parcel = waiting.pop(future)
                    outcome = _result(future, parcel, losses)
                    if outcome is not None:
                        yield outcome
                    else:
                        suspects.append(parcel)
                        is_broken |= not isinstance(future.exception(), WorkersLostError)
            suspects.extend(waiting.values())


def _fill(
    executor: Executor,
    shared: Any,
    waiting: dict[Future[Outcome], Parcel],
    suspects: deque[Parcel],
    parcels: Iterator[Parcel],
    width: int,
    on_start: Callable[[str], None],
) -> bool:
    """Submit what there is room for. False when there are no more parcels to come."""
    if suspects:  # one at a time: the next loss has a name
        if not waiting:
            _submit(executor, shared, waiting, suspects.popleft(), on_start)
        return True
    while len(waiting) < width:
        parcel = next(parcels, None)
        if parcel is None:
            return False
        _submit(executor, shared, waiting, parcel, on_start)
    return True


def _submit(
    executor: Executor,
    shared: Any,
    waiting: dict[Future[Outcome], Parcel],
    parcel: Parcel,
    on_start: Callable[[str], None],
) -> None:
    on_start(parcel.student)
    try:
        waiting[executor.submit(grade_parcel, shared, parcel)] = parcel
    except BrokenExecutor as error:
        future: Future[Outcome] = Future()
        future.set_exception(error)
        waiting[future] = parcel


def _result(future: Future[Outcome], parcel: Parcel, losses: Counter[str]) -> Outcome | None:
    """The outcome; None where the worker was lost and the parcel may be tried again. CourseError ends it for all."""
    try:
        return future.result()
    except CourseError:
        raise
    except BrokenExecutor:
        losses[parcel.student] += 1
        if losses[parcel.student] < _TRIES:
            return None
        problem = f"the process that graded the submission was lost {_TRIES} times, perhaps for lack of memory"
    except Exception as error:
        problem = f"the grader failed: {type(error).__name__}: {error}"
    return Outcome(parcel.student, parcel.assignment, f"{problem}. Nothing was judged; grade it again, or by hand")
