"""The figures that the homework hands out: legible, labelled, and apart for colour-blind eyes.

Figures are made without pyplot, so no global state decides how they look, and they show themselves as the last value of
a notebook cell. They bring their own white ground, so they read alike on light and dark pages.
"""

import io
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gradus.training.log import Log

__all__ = ["Picture", "bar_chart", "curve", "loss_accuracy_figure"]

_INK = "#222222"
_FAINT = "#c8c8c8"
# Okabe and Ito's colours (2008), the darker ones first; each with its own dash, for print without colour.
_STYLES = (
    ("#0072B2", "-"),
    ("#D55E00", "--"),
    ("#009E73", "-."),
    ("#CC79A7", ":"),
    ("#56B4E9", "-"),
    ("#E69F00", "--"),
)


class Picture(Figure):
    """A matplotlib figure that shows itself in a notebook without pyplot."""

    def __init__(self, *args, caption: str = "", **kwargs) -> None:
        super().__init__(*args, layout="constrained", facecolor="white", **kwargs)
        if caption:
            self.supxlabel(caption, fontsize=9, color=_INK, style="italic")

    def axes_grid(self, rows: int = 1, columns: int = 1) -> list[Axes]:
        """The axes of a grid, row by row."""
        return [_plain(axes) for axes in self.subplots(rows, columns, squeeze=False).flat]

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=110)
        return buffer.getvalue()


def loss_accuracy_figure(log: Log, skip: int = 0, caption: str | None = None) -> Picture:
    """Loss above, accuracy below, training at the left, test at the right; every model of the log in each.

    skip     moments at the start that are left out        caption  a line below, or None: the log's note
    Raises ValueError where the models were logged at different moments, or no moment is left to draw.
    """
    left = len(log.moments) - skip
    if skip < 0 or left < 1:
        raise ValueError(f"skip = {skip} is not allowed: the log holds {len(log.moments)} moments, 1 must be left.")
    figure = Picture(figsize=(9, 6), caption=log.note if caption is None else caption)
    names = [f"{part} {quantity}" for quantity in ("loss", "accuracy") for part in ("train", "test")]
    for axes, name in zip(figure.axes_grid(2, 2), names, strict=True):
        for i, model in enumerate(log.models):
            colour, dash = _STYLES[i % len(_STYLES)]
            marker = "o" if left == 1 else None
            axes.plot(*log.curve(model, name, skip), color=colour, linestyle=dash, marker=marker, label=model)
        axes.set(xlabel=log.unit, ylabel=name)
    figure.axes[0].legend(facecolor="white", edgecolor=_FAINT, labelcolor=_INK)
    return figure


def bar_chart(
    labels: Sequence[object],
    heights: Sequence[float],
    errors: Sequence[float] | None = None,
    *,
    xlabel: str,
    ylabel: str,
    caption: str = "",
) -> Picture:
    """One bar a label, with an error bar of height ± error where errors are given.

    A height that is NaN leaves a gap, marked "none": nothing was measured there, and that is not 0.
    """
    if len(labels) != len(heights) or (errors is not None and len(errors) != len(heights)):
        raise ValueError(f"{len(labels)} labels, {len(heights)} heights and errors must be as many.")
    figure = Picture(figsize=(7, 4), caption=caption)
    (axes,) = figure.axes_grid()
    places = range(len(labels))
    axes.bar(places, heights, yerr=errors, color=_STYLES[0][0], ecolor=_INK, capsize=5, width=0.65)
    for place, height in zip(places, heights, strict=True):
        if height != height:  # NaN
            axes.annotate("none", (place, 0), ha="center", va="bottom", color=_INK)
    axes.set_xticks(list(places), [str(label) for label in labels])
    axes.grid(False, axis="x")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    return figure


def curve(
    x: Sequence[float],
    y: Sequence[float],
    marks: Mapping[str, tuple[float, float]] | None = None,
    *,
    xlabel: str,
    ylabel: str,
    log_x: bool = False,
    caption: str = "",
) -> Picture:
    """One curve, and marked points with their names, for instance {"diverges": (0.016, 2.3)}."""
    figure = Picture(figsize=(7, 4), caption=caption)
    (axes,) = figure.axes_grid()
    axes.plot(x, y, color=_STYLES[0][0], marker="." if len(x) < 30 else None)
    for name, point in (marks or {}).items():
        axes.plot(*point, "o", color=_STYLES[1][0], markersize=8)
        axes.annotate(name, point, xytext=(6, 6), textcoords="offset points", color=_INK)
    if log_x:
        axes.set_xscale("log")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    return figure


def _plain(axes: Axes) -> Axes:
    """Dark ink on white whatever style is in force, and a faint grid behind the data."""
    axes.set_facecolor("white")
    axes.tick_params(which="both", colors=_INK, labelsize=10)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=_INK, size=11)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(_INK)
    axes.set_axisbelow(True)
    axes.grid(True, color=_FAINT, linewidth=0.6)
    return axes
