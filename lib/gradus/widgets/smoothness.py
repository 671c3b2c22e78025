"""The smoothness explorer."""

from __future__ import annotations

import json
from typing import Any

from gradus.widgets.host import Explorer
from gradus.widgets.module import module, recorded
from gradus.widgets.traits import Real, Whole


class SmoothnessExplorer(Explorer):
    """The loss along w + t u and how far its gradient turns, with and without BatchNorm; recorded once.

    t       how many SGD steps u away from w; the nearest recorded one is shown
    passes  how long both networks were trained before: 0, 1 or 5 passes

    >>> sorted(SmoothnessExplorer(t=4).numbers["plain"])
    ['L', 'degrees', 'loss']
    """

    title = "Smoothness explorer"
    height = 640
    _esm = module("smoothness", recording="smoothness")

    t = Real(4.0)
    passes = Whole(1)

    def __init__(self, t: Any = None, passes: Any = None) -> None:
        given = {"t": t, "passes": passes}
        super().__init__(**{name: value for name, value in given.items() if value is not None})

    @property
    def numbers(self) -> dict[str, dict[str, float]]:
        """What is shown at t, for the networks "plain" and "batch_norm": loss, degrees of turn, L(w; t u)."""
        record = json.loads(recorded("smoothness"))
        steps, moments = record["steps"], record["moments"]
        k = min(range(len(steps)), key=lambda index: abs(steps[index] - self.t))
        m = min(range(len(moments)), key=lambda index: abs(moments[index] - self.passes))
        names = ("loss", "degrees", "L")
        return {net: {name: record[net][m][name][k] for name in names} for net in ("plain", "batch_norm")}

    def summary(self) -> str:
        return f"SmoothnessExplorer: t = {self.t}, after {self.passes} passes"
