"""The learning-rate explorer."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from gradus.widgets.host import Explorer
from gradus.widgets.module import module, recorded
from gradus.widgets.traits import Real


class LearningRateExplorer(Explorer):
    """Real runs of the homework's network, recorded once: what a learning rate does, what averaging does.

    rate   the run with the nearest learning rate is shown
    gamma  of the average: w_bar <- (1 - gamma) w_bar + gamma w; 1 is no average

    >>> explorer = LearningRateExplorer(rate=0.002, gamma=0.003)
    >>> explorer.losses.shape == explorer.averaged_losses.shape == explorer.updates.shape
    True
    """

    title = "Learning rate explorer"
    height = 820
    _esm = module("learning_rate", recording="learning_rate")

    rate = Real(0.002)
    gamma = Real(0.003)

    def __init__(self, rate: Any = None, gamma: Any = None) -> None:
        given = {"rate": rate, "gamma": gamma}
        super().__init__(**{name: value for name, value in given.items() if value is not None})

    @property
    def updates(self) -> np.ndarray:
        """After how many updates the losses were measured."""
        return np.array(_recorded()["updates"])

    @property
    def losses(self) -> np.ndarray:
        """The loss of the shown run; nan after it broke."""
        return self._series(1.0)

    @property
    def averaged_losses(self) -> np.ndarray:
        """The loss of the averaged weights of the shown run."""
        return self._series(self.gamma)

    def summary(self) -> str:
        return f"LearningRateExplorer: rate {self.rate}, loss at the end {self.losses[-1]:.4g}"

    def _series(self, gamma: float) -> np.ndarray:
        record = _recorded()
        run = min(record["runs"], key=lambda one: _ratio(one["rate"], self.rate))
        gammas = record["gammas"]
        series = run["losses"][min(range(len(gammas)), key=lambda k: _ratio(gammas[k], gamma))]
        return np.array([math.nan if loss is None else loss for loss in series])


def _ratio(value: float, wanted: float) -> float:
    return abs(math.log(value) - math.log(max(wanted, 1e-12)))


def _recorded() -> dict[str, Any]:
    return json.loads(recorded("learning_rate"))
