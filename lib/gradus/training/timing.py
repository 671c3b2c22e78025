"""How long something takes, measured so that two contestants can be compared."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gradus.training.validation import check_count

__all__ = ["Times", "fair_times"]


@dataclass(frozen=True)
class Times:
    """The seconds of each counted pass."""

    seconds: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean seconds a pass."""
        return statistics.fmean(self.seconds)

    @property
    def median(self) -> float:
        """Median seconds a pass: one disturbed pass does not move it."""
        return statistics.median(self.seconds)


def fair_times(
    contestants: Mapping[str, Callable[[], object]],
    passes: int = 5,
    warm_up: int = 1,
    after_pass: Callable[[str, int], object] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Times]:
    """Time several passes of each contestant, taken in turns, so that a disturbance meets all of them alike.

    contestants  by name: a call trains for one pass, and nothing else
    passes       how many are counted        warm_up  how many come before, uncounted
    after_pass   called with (name, k) after each counted pass (k = 1, 2, …), off the clock: the place for logging
    Every other round goes in the opposite order: whoever comes second would else always find the cache used.
    """
    check_count("passes", passes)
    if warm_up < 0:
        raise ValueError(f"warm_up = {warm_up!r} is not allowed: 0 and above is.")
    names = list(contestants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(-warm_up, passes):
        for name in names if turn % 2 == 0 else names[::-1]:
            start = clock()
            contestants[name]()
            elapsed = clock() - start
            if turn >= 0:
                seconds[name].append(elapsed)
                if after_pass is not None:
                    after_pass(name, turn + 1)
    return {name: Times(tuple(values)) for name, values in seconds.items()}
