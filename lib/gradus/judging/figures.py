"""What a figure shows, as plain data, and whether it shows the right thing in any styling.

`describe_figure` runs beside the student's code; the matchers compare on plain data and never see matplotlib.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradus.judging.compare import Finding, Tolerance
from gradus.judging.observation import Array, Observation, describe

__all__ = [
    "AxesLabelled",
    "Bars",
    "Curve",
    "ErrorBars",
    "LinesEnding",
    "MarksAt",
    "Says",
    "TicksName",
    "describe_figure",
    "describe_figures",
]

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
    axes = [_describe_axes(axes) for axes in figure.axes]
    texts = [text.get_text() for text in figure.texts[:200]]  # captions and notes outside the axes
    return {"title": _suptitle(figure), "texts": texts, "axes": axes}


def describe_figures(figures: Any) -> dict[str, Any]:
    """All axes of one figure, or of several (a list, tuple, array or dictionary of figures or axes), as if of one."""
    from matplotlib.axes import Axes

    parts = list(figures.values()) if isinstance(figures, dict) else figures
    if not isinstance(parts, (list, tuple, np.ndarray)):
        return describe_figure(parts)
    owners = [part.figure if isinstance(part, Axes) else part for part in np.asarray(parts, dtype=object).flat]
    described = [describe_figure(owner) for owner in dict.fromkeys(owners)]
    return {
        "title": " ".join(one["title"] for one in described if one["title"]),
        "texts": [text for one in described for text in one["texts"]],
        "axes": [axes for one in described for axes in one["axes"]],
    }


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


@dataclass(frozen=True)
class ErrorBars:
    """The figure has error bars, from left to right around these heights, and so long on either side.

    Drawn with yerr, errorbar, vlines or plain lines; where a length is 0 its error bar may be missing.
    """

    heights: tuple[float, ...]
    lengths: tuple[float, ...]
    words: str
    tolerance: float = 1e-3

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        wanted = [(h, e) for h, e in zip(self.heights, self.lengths, strict=True) if e > 0]
        drawn = [_upright_segments(one) for one in axes]
        for segments in drawn:
            found = [(middle, half) for _, middle, half in segments if half > 0]
            if len(found) == len(wanted) and np.allclose(found, wanted, rtol=0, atol=self.tolerance):
                return None
        if not any(drawn):
            return Finding("values", "There are no error bars.", self.words, "no error bars")
        return Finding("values", f"The error bars are not {self.words}.", self.words, "other error bars")

    def __str__(self) -> str:
        return self.words


def _upright_segments(axes: dict[str, Any]) -> list[tuple[float, float, float]]:
    """(x, middle, half length) of every upright line of two points, from left to right, each place once."""
    pieces = [s.values for s in axes.get("segments", []) if isinstance(s, Array) and s.values.shape == (2, 2)]
    pieces += [np.column_stack(pair) for pair in _line_data(axes) if pair[0].shape == (2,)]
    found = {
        (round(float(p[0, 0]), 6), round(float(p[:, 1].mean()), 6), round(float(abs(p[1, 1] - p[0, 1]) / 2), 6))
        for p in pieces
        if p[0, 0] == p[1, 0] and np.isfinite(p).all()
    }
    return sorted(found)


@dataclass(frozen=True)
class TicksName:
    """The ticks of the x axis name these numbers, from left to right, whatever words stand around them."""

    numbers: tuple[int, ...]
    words: str

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        for one in axes:
            named = [_whole_numbers(text) for text in one.get("x_ticks", []) if str(text).strip()]
            if len(named) == len(self.numbers) and all(n in s for n, s in zip(self.numbers, named, strict=True)):
                return None
        return Finding("values", f"The ticks below the bars are not {self.words}.", self.words, "other ticks")

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Says:
    """Some text of the figure holds one of these whole numbers, in digits or (up to ten) as a word."""

    numbers: tuple[int, ...]
    words: str

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        texts = [got.get("title", ""), *got.get("texts", [])]
        for one in axes:
            texts += [one.get(name, "") for name in ("title", "x_label", "y_label")]
            texts += [*one.get("texts", []), *one.get("legend", []), *one.get("x_ticks", [])]
        if any(number in _whole_numbers(text) for text in texts for number in self.numbers):
            return None
        return Finding("values", f"No text of the figure says {self.words}.", self.words, "nothing about it")

    def __str__(self) -> str:
        return self.words


_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _whole_numbers(text: Any) -> set[int]:
    """The whole numbers that a text names: {7, 10} for "7 of ten"; 0.25 names none."""
    text = str(text)
    numbers = {int(digits) for digits in re.findall(r"(?<![\d.,])\d{1,9}(?![\d]|[.,]\d)", text)}
    words = set(re.findall(r"[a-z]+", text.lower()))
    return numbers | {number for number, word in enumerate(_NUMBER_WORDS) if word in words}


@dataclass(frozen=True)
class LinesEnding:
    """Some axes have one line for each of the values `last`, ending there (the same values in percent are right too).

    last    the measured values at the end, one a model        points  what each line must have, at least
    words   for the student, "the train loss of both models"   tolerance  relative, and of 0.1 below that
    """

    last: tuple[float, ...]
    points: int
    words: str
    tolerance: float = 2e-3

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        axes = _axes_of(got)
        if isinstance(axes, Finding):
            return axes
        problems = [self._problem(one, scale) for one in axes for scale in (1, 100)]
        if None in problems:
            return None
        order = ["short", "some", "none"]
        sentence = {
            "short": f"The lines of {self.words} end at the right values, but have fewer than {self.points} points.",
            "some": f"Only some of the lines are there; expected {self.words}, in one panel.",
            "none": f"No panel shows {self.words}: no line ends at the values that the models have now.",
        }[min((problem or "none" for problem in problems), key=order.index, default="none")]
        return Finding("values", sentence, self.words, "other lines")

    def _problem(self, axes: dict[str, Any], scale: float) -> str | None:
        free = _line_data(axes)
        chosen = []
        for value in self.last:
            found = next((k for k, (x, y) in enumerate(free) if self._ends(x, y, scale * value, scale)), None)
            if found is not None:
                chosen.append(free.pop(found))
        if len(chosen) < len(self.last):
            return "some" if chosen else "none"
        return "short" if any(x.size < self.points for x, _ in chosen) else None

    def _ends(self, x: np.ndarray, y: np.ndarray, value: float, scale: float) -> bool:
        return x.size > 0 and bool(abs(y[np.argmax(x)] - value) <= self.tolerance * max(abs(value), 0.1 * scale))

    def __str__(self) -> str:
        return self.words
