"""What a figure shows, as plain data, and whether it shows the right thing in any styling.

`describe_figure` runs beside the student's code; the matchers compare on plain data and never see matplotlib.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradus.judging.compare import Finding, Tolerance
from gradus.judging.observation import Array, Observation, describe

__all__ = ["AxesLabelled", "Bars", "Curve", "MarksAt", "describe_figure"]

_MOST_POINTS = 20_000


def describe_figure(figure: Any) -> dict[str, Any]:
    """Lines, bars, error bars, points, images and labels of every axes of a matplotlib figure (or axes, or artist)."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    if isinstance(figure, (list, tuple, np.ndarray)) and len(figure):
        figure = np.asarray(figure, dtype=object).flat[0]
    if isinstance(figure, Axes):
        figure = figure.figure
    if isinstance(figure, SubFigure):
        figure = figure.figure
    if not isinstance(figure, Figure):
        raise TypeError(f"expected a matplotlib figure, got {type(figure).__name__}")
    return {"title": _suptitle(figure), "axes": [_describe_axes(axes) for axes in figure.axes]}


def _suptitle(figure: Any) -> str:
    return figure._suptitle.get_text() if getattr(figure, "_suptitle", None) is not None else ""


def _describe_axes(axes: Any) -> dict[str, Any]:
    lines = [line for line in axes.get_lines() if line.get_visible()]
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "x_label": axes.get_xlabel(),
        "y_label": axes.get_ylabel(),
        "x_limits": [float(x) for x in axes.get_xlim()],
        "y_limits": [float(y) for y in axes.get_ylim()],
        "x_scale": axes.get_xscale(),
        "y_scale": axes.get_yscale(),
        "x_ticks": [text.get_text() for text in axes.get_xticklabels()],
        "lines": [_describe_line(line) for line in lines[:200]],
        "points": [_numbers(c.get_offsets()) for c in axes.collections if hasattr(c, "get_offsets")][:50],
        "segments": _segments(axes),
        "bars": _bars(axes),
        "texts": [text.get_text() for text in axes.texts][:200],
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "images": len(axes.images),
    }


def _describe_line(line: Any) -> dict[str, Any]:
    label = str(line.get_label())
    return {
        "x": _numbers(line.get_xdata()),
        "y": _numbers(line.get_ydata()),
        "label": "" if label.startswith("_") else label,
    }


def _segments(axes: Any) -> list[np.ndarray]:
    """Line collections: vlines, hlines, error bars; each segment as (points, 2)."""
    found = []
    for collection in axes.collections:
        if hasattr(collection, "get_segments"):
            found += [_numbers(segment) for segment in collection.get_segments()[:500]]
    return found


def _bars(axes: Any) -> list[dict[str, float]]:
    from matplotlib.patches import Rectangle

    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)][:500]
    return [
        {"x": float(b.get_x() + b.get_width() / 2), "width": float(b.get_width()), "height": float(b.get_height())}
        for b in boxes
    ]


def _numbers(values: Any) -> np.ndarray:
    if hasattr(values, "detach"):
        values = values.detach().cpu().numpy()
    try:
        return np.asarray(np.ma.filled(values, np.nan), dtype=np.float64)[:_MOST_POINTS]
    except (TypeError, ValueError):
        return np.zeros(0)


def _axes_of(got: Observation) -> list[dict[str, Any]] | Finding:
    """The described axes, or what is wrong with a description that may be forged or of something else."""
    axes = got.get("axes") if isinstance(got, dict) else None
    if not isinstance(axes, list) or not all(isinstance(one, dict) for one in axes):
        return Finding("type", f"Expected a matplotlib figure, got {describe(got)}.", "a figure", describe(got))
    if not axes:
        return Finding("values", "The figure is empty.", "a figure with axes", "an empty figure")
    return axes


def _line_data(axes: dict[str, Any]) -> list[tuple[np.ndarray, np.ndarray]]:
    pairs = []
    for line in axes.get("lines", []):
        if isinstance(line, dict) and isinstance(line.get("x"), Array) and isinstance(line.get("y"), Array):
            x, y = line["x"].values.astype(float).ravel(), line["y"].values.astype(float).ravel()
            if x.shape == y.shape:
                pairs.append((x, y))
    for points in axes.get("points", []):
        if isinstance(points, Array) and points.values.ndim == 2 and points.values.shape[1] == 2:
            pairs.append((points.values[:, 0].astype(float), points.values[:, 1].astype(float)))
    return pairs


@dataclass(frozen=True)
class Curve:
    """Some line of the figure follows `function` on [low, high], closely sampled and whole.

    function  numpy (n,) -> (n,)      low, high  of the x axis      words  for the student, "f for T = 2.81"
    points    at least this many samples inside the interval
    """

    function: Callable[[np.ndarray], np.ndarray]
    low: float
    high: float
    words: str
    points: int = 50

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        problems = [self._problem(x, y) for one in axes for x, y in _line_data(one)]
        if None in problems:
            return None
        if not problems:
            return Finding("values", f"No line is drawn; expected {self.words}.", self.words, "no line")
        order = ["short", "coarse", "off"]
        worst = min(problems, key=lambda problem: order.index(problem or "off"))
        sentence = {
            "short": f"The line is right as far as it goes, but does not reach from {self.low:g} to {self.high:g}.",
            "coarse": f"The line is right, but too coarse: use at least {self.points} points.",
            "off": f"No line of the figure follows {self.words}.",
        }[worst or "off"]
        return Finding("values", sentence, self.words, "another line")

    def _problem(self, x: np.ndarray, y: np.ndarray) -> str | None:
        inside = (x >= self.low - 1e-9) & (x <= self.high + 1e-9)
        if np.count_nonzero(inside) < 3:
            return "off"
        expected = self.function(x[inside])
        scale = max(1.0, float(np.max(np.abs(expected))))
        if not np.allclose(y[inside], expected, rtol=1e-3, atol=1e-4 * scale):
            return "off"
        margin = 0.02 * (self.high - self.low)
        if x[inside].min() > self.low + margin or x[inside].max() < self.high - margin:
            return "short"
        return "coarse" if np.count_nonzero(inside) < self.points else None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class AxesLabelled:
    """Every axes that shows data has a label on both axes."""

    words: str = "both axes labelled"

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        for one in axes:
            if not (one.get("lines") or one.get("bars") or one.get("points")):
                continue
            missing = [name for name in ("x", "y") if not str(one.get(f"{name}_label") or "").strip()]
            if missing:
                sentence = f"The {' and the '.join(missing)} axis has no label."
                return Finding("values", sentence, self.words, sentence)
        return None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class MarksAt:
    """The positions `xs` are marked on the x axis: by a vertical line, a point, a tick label or an annotation there."""

    xs: tuple[float, ...]
    words: str

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        for x in self.xs:
            if not any(self._is_marked(one, x) for one in axes):
                return Finding("values", f"Not everything is marked; expected {self.words}.", self.words, "no mark")
        return None

    @staticmethod
    def _is_marked(axes: dict[str, Any], x: float) -> bool:
        for xs, _ in _line_data(axes):
            few = 0 < xs.size <= 4
            if few and np.any(np.abs(xs - x) < 0.02):
                return True
        for segment in axes.get("segments", []):
            if (
                isinstance(segment, Array)
                and segment.values.ndim == 2
                and np.all(np.abs(segment.values[:, 0] - x) < 0.02)
            ):
                return True
        ticks = {str(text).replace("\N{MINUS SIGN}", "-").strip() for text in axes.get("x_ticks", [])}
        return bool({f"{x:g}", f"{x:.2f}", "T" if x > 0 else "-T", "$T$" if x > 0 else "$-T$"} & ticks)

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Bars:
    """The figure has bars of these heights, in this order from left to right (error bars are judged apart)."""

    heights: tuple[float, ...]
    words: str
    tolerance: float = 1e-3

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        for one in axes:
            bars = sorted((bar for bar in one.get("bars", []) if isinstance(bar, dict)), key=lambda bar: bar["x"])
            found = [bar["height"] for bar in bars]
            if len(found) == len(self.heights) and np.allclose(found, self.heights, atol=self.tolerance):
                return None
        return Finding("values", f"The bars are not {self.words}.", self.words, "other bars")

    def __str__(self) -> str:
        return self.words
