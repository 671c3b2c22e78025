"""What was measured when: the curves of one or several models, taken at the same moments."""

import time
from collections.abc import Iterable, Mapping

from torch import Tensor, nn

from gradus.training.evaluation import evaluate

__all__ = ["Log"]


class Log:
    """Values by model, by name and by moment (for instance the number of passes so far).

    >>> log = Log()
    >>> log.record(1, "plain", {"train loss": 0.9})
    >>> log.record(2, "plain", {"train loss": 0.7})
    >>> log.curve("plain", "train loss")
    ([1, 2], [0.9, 0.7])

    `note` goes under every figure made from the log, for instance "stand-in data".
    """

    def __init__(self, unit: str = "pass", note: str = "") -> None:
        self.unit = unit
        self.note = note
        self.seconds = 0.0  # spent in measure(), so that it can be told from training
        self._values: dict[str, dict[float, dict[str, float]]] = {}

    def record(self, moment: float, model: str, values: Mapping[str, float]) -> None:
        """Keep a model's values at a moment, later than its last; ValueError for other names than before."""
        rows = self._values.get(model, {})
        if rows and moment <= max(rows):
            raise ValueError(f"{model!r} was last logged at {self.unit} {max(rows)}: {moment} must be later.")
        known = self.names
        if known and set(values) != set(known):
            raise ValueError(f"{model!r} at {self.unit} {moment}: got {sorted(values)}, but the log holds {known}.")
        self._values.setdefault(model, {})[moment] = {name: float(value) for name, value in values.items()}

    def measure(
        self, moment: float, models: Mapping[str, nn.Module], data: Mapping[str, tuple[Tensor, Tensor]]
    ) -> None:
        """Record loss and accuracy of every model on every data set, all at this one moment.

        models  for instance {"plain": model, "averaged": averaged}    data  {"train": (X, y), "test": (X_test, y_test)}
        The names are then "train loss", "train accuracy", "test loss", "test accuracy".
        """
        start = time.perf_counter()
        for name, model in models.items():
            values: dict[str, float] = {}
            for part, (X, y) in data.items():
                result = evaluate(model, X, y)
                values |= {f"{part} loss": result.loss, f"{part} accuracy": result.accuracy}
            self.record(moment, name, values)
        self.seconds += time.perf_counter() - start

    @property
    def models(self) -> list[str]:
        """The models' names, in the order in which they were first logged."""
        return list(self._values)

    @property
    def names(self) -> list[str]:
        """The names of the values, for instance "train loss"."""
        return next((list(values) for rows in self._values.values() for values in rows.values()), [])

    @property
    def moments(self) -> list[float]:
        """When the values were taken; ValueError where two models were logged at different moments."""
        by_model = {model: list(rows) for model, rows in self._values.items()}
        for model, moments in by_model.items():
            first = self.models[0]
            if moments != by_model[first]:
                raise ValueError(
                    f"The logs were taken at different moments, so their curves cannot be compared: {first!r} at "
                    f"{self.unit} {_listed(by_model[first])}, {model!r} at {self.unit} {_listed(moments)}."
                )
        return next(iter(by_model.values()), [])

    def curve(self, model: str, name: str, skip: int = 0) -> tuple[list[float], list[float]]:
        """One model's moments and values, without the first `skip` moments."""
        if model not in self._values:
            raise KeyError(f"{model!r} is not in the log: {self.models} are.")
        if name not in self.names:
            raise KeyError(f"{name!r} is not in the log: {self.names} are.")
        rows = list(self._values[model].items())[skip:]
        return [moment for moment, _ in rows], [values[name] for _, values in rows]

    def last(self, model: str) -> dict[str, float]:
        """A model's latest values, by name."""
        moments, _ = self.curve(model, self.names[0])
        return dict(self._values[model][moments[-1]])


def _listed(moments: Iterable[float]) -> str:
    moments = list(moments)
    shown = [str(m) for m in moments]
    return ", ".join(shown if len(shown) <= 6 else [*shown[:3], "…", *shown[-2:]])
