"""What the figure of mlp_ema_sgd must show: four panels, both models in each, logged at the same moments.

Judged on a figure's data, so any styling passes. `got` is what C2's `ask` methods return.
"""

from __future__ import annotations

import numpy as np

from gradus.judging import Observation, Where
from gradus.judging.figures import AxesLabelled
from gradus.judging.observation import Array

__all__ = ["APART", "LABELS", "MOMENTS", "PANELS", "QUANTITIES", "SKIPPED", "panels", "same_moments", "skipped"]

QUANTITIES = ("train loss", "test loss", "train accuracy", "test accuracy")

Line = tuple[np.ndarray, np.ndarray]


def _curves(got: Observation) -> list[list[Line]]:
    """The curves of every panel that has any: (x, y) of each line, but for straight lines across the whole panel."""
    found = []
    for axes in got["axes"]:
        lines = [(line["x"], line["y"]) for line in axes.get("lines", [])]
        pairs = [
            (x.values.astype(float).ravel(), y.values.astype(float).ravel())
            for x, y in lines
            if isinstance(x, Array) and isinstance(y, Array) and x.values.size == y.values.size > 0
        ]
        curves = [(x, y) for x, y in pairs if not _is_ruled(x, y)]
        if curves:
            found.append(curves)
    return found


def _is_ruled(x: np.ndarray, y: np.ndarray) -> bool:
    """Is it what axhline or axvline draws?"""
    across = list(x) == [0, 1] and y[0] == y[1]
    upright = list(y) == [0, 1] and x[0] == x[1]
    return x.size == 2 and (across or upright)


def panels(got: Observation) -> bool | str:
    """Four panels with two curves each?"""
    curves = _curves(got)
    if len(curves) != 4:
        return f"Expected 4 panels with curves, got {len(curves)}."
    if any(len(panel) != 2 for panel in curves):
        return f"Expected 2 curves in every panel, got {', '.join(str(len(panel)) for panel in curves)}."
    return True


def skipped(got: Observation) -> bool | str:
    """Are just the first passes left out, and is one point drawn for each of the others?

    A log that also has a value from before the first pass may keep that of the second as its first point.
    """
    lengths = {len(x) for panel in _curves(got) for x, _ in panel}
    left = got["passes"] - got["skipped"]
    if lengths and lengths <= {left, left + 1} and all(length == left or _starts_at(got, 2) for length in lengths):
        return True
    if lengths & {got["passes"], got["passes"] + 1}:
        return "The first two passes are in the figure: they take its whole height."
    return f"With {got['passes']} passes, of which the first {got['skipped']} are left out, {left} points are expected."


def _starts_at(got: Observation, moment: float) -> bool:
    return all(float(x.min()) == moment for panel in _curves(got) for x, _ in panel)


def same_moments(got: Observation) -> bool | str:
    """Do the curves of both models share their moments, and end where the models have ended?"""
    curves = _curves(got)
    for panel in curves:
        if any(len(x) != len(panel[0][0]) or not np.allclose(x, panel[0][0]) for x, _ in panel):
            return "The two curves of a panel have different moments on the axis."
    free = [float(y[int(np.argmax(x))]) for panel in curves for x, y in panel]
    missing: dict[str, list[str]] = {}
    for model, ends in got["ends"].items():
        for quantity, value in ends.items():
            place = next((i for i, end in enumerate(free) if _same_value(end, value, quantity)), None)
            if place is None:
                missing.setdefault(model, []).append(quantity)
            else:
                free.pop(place)
    if not missing:
        return True
    late = [model for model, quantities in missing.items() if len(quantities) >= 3]  # one may fit by chance
    if len(late) == 1 and len(missing) == 1:
        return (
            f"The two logs were taken at different moments, or not of these models: the curves of the {late[0]} model "
            "do not end where it has ended, the others do. Was one logged before the pass, the other after it?"
        )
    if len(late) == 2:
        return "No curve ends where its model has ended: the logs were taken before the pass, or of other models."
    lost = ", ".join(f"{quantity} ({model})" for model, quantities in missing.items() for quantity in quantities)
    return f"These curves do not end where the model has ended: {lost}."


def _same_value(end: float, value: float, quantity: str) -> bool:
    """Equal but for float32 rounding; accuracies may be in percent; NaN is NaN."""
    forms = (value, 100 * value) if quantity.endswith("accuracy") else (value,)
    return any(abs(end - form) <= 2e-4 * max(1.0, abs(form)) for form in forms) or (end != end and value != value)


PANELS = Where(panels, "four panels, each with the curves of both models")
SKIPPED = Where(skipped, "one point a pass, from the third on")
MOMENTS = Where(same_moments, "both models logged after the same passes")
LABELS = AxesLabelled()
APART = {"apart": True, "differ": True}
