"""The report's pictures: inline SVG that takes its colours from the page, so that both themes and paper work.

Colour is never the only sign: full marks are solid, part of the points fills part of a box, nothing is an empty box,
what was not judged is hatched, what waits has a dot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from gradus_staff.report.record import Answer, Submission
from gradus_staff.report.statistics import Column, difficulty, quantile
from gradus_staff.report.summary import QuestionSummary, Summary
from gradus_staff.report.svg import Element, element, markup, picture, text
from gradus_staff.report.words import count, number, percent, seconds, signed

__all__ = ["STATUSES", "answers_bar", "bar", "discrimination_dot", "every_answer", "histogram", "patterns", "swatch",
           "time_axis", "time_strip"]  # fmt: skip

STATUSES = {
    "passed": "all points",
    "partly": "some points",
    "failed": "no points",
    "not judged": "not judged",
    "waiting": "to be marked by hand",
}
"""The states of an answer in the order in which they are drawn, and what they are called."""


def _class_of(status: str) -> str:
    return status.replace(" ", "-")


def patterns() -> Markup:
    """The hatchings that all pictures share; once a page."""
    drawing = element(None, "svg", width=0, height=0, aria_hidden="true", class_="patterns")
    defs = element(drawing, "defs")
    for name, turn, size, width in (("hatch-partly", 45, 6, 3.2), ("hatch-not-judged", -45, 5, 2.2)):
        turned = f"rotate({turn})"
        own = element(
            defs, "pattern", id=name, width=size, height=size, patternUnits="userSpaceOnUse", patternTransform=turned
        )
        element(own, "rect", width=size, height=size, class_=f"{name} ground")
        element(own, "line", x1=0, y1=0, x2=0, y2=size, class_=name, stroke_width=width * 2)
    own = element(defs, "pattern", id="dots-waiting", width=6, height=6, patternUnits="userSpaceOnUse")
    element(own, "circle", cx=3, cy=3, r=1.4, class_="dots-waiting")
    return markup(drawing)


def swatch(status: str, is_box: bool = False) -> Markup:
    """A small sample for a legend. is_box: as in the picture of every answer, where some points fill part of a box."""
    drawing = element(None, "svg", width=16, height=12, aria_hidden="true", class_="swatch")
    if is_box and status == "partly":
        element(drawing, "rect", x=0.75, y=0.75, width=14.5, height=10.5, class_="mark frame")
        element(drawing, "rect", x=0.25, y=6, width=15.5, height=5.75, class_="mark share")
    else:
        element(drawing, "rect", x=0.75, y=0.75, width=14.5, height=10.5, rx=2, class_=f"mark {_class_of(status)}")
    return markup(drawing)


# --- scores -----------------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT = 460, 272
_LEFT, _TOP, _BASE, _STEP, _GAP = 10, 44, 226, 39.0, 10.0


def _left_of(place: int) -> float:
    return _LEFT + place * _STEP + (_GAP if place == 10 else 0.0)


def histogram(summary: Summary) -> Markup:
    """One brick a submission, stacked by points; a column of its own for all points."""
    columns, scores, most = summary.columns, summary.scores, summary.record.max_points
    told = "; ".join(f"{_range(column)}: {column.number}" for column in columns if column.number)
    drawing = picture(f"Histogram of points. {told}.", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", class_="chart")
    tallest = max([column.number for column in columns], default=0)
    brick = min(20.0, (_BASE - _TOP) / max(tallest, 1))
    if scores.number:
        _median_line(drawing, scores.median, most)
    for place, column in enumerate(columns):
        _stack(drawing, place, column, brick)
    right = _left_of(10) + _STEP
    element(drawing, "line", x1=_LEFT, x2=_left_of(9) + _STEP, y1=_BASE, y2=_BASE, class_="axis")
    element(drawing, "line", x1=_left_of(10), x2=right, y1=_BASE, y2=_BASE, class_="axis")
    for place in range(0, 11, 2):
        anchor = "start" if place == 0 else "middle"
        x = _LEFT + place * _STEP
        element(drawing, "line", x1=x, x2=x, y1=_BASE, y2=_BASE + 4, class_="axis")
        if place < 10:
            text(drawing, x, _BASE + 19, number(most * place / 10), "tick", text_anchor=anchor)
    text(drawing, _left_of(10) + _STEP / 2, _BASE + 19, f"all {number(most)}", "tick strong", text_anchor="middle")
    text(drawing, _LEFT + 5 * _STEP, _HEIGHT - 6, "points", "axis-name", text_anchor="middle")
    return markup(drawing)


def _range(column: Column) -> str:
    if column.low == column.high:
        return f"all {number(column.high)}"
    return f"{number(column.low)} to below {number(column.high)}"


def _stack(drawing: Element, place: int, column: Column, brick: float) -> None:
    """A column of bricks; too thin to be counted, they grow together to a bar."""
    x, gap = _left_of(place) + 1.5, 1.5 if brick >= 4.5 else 0.0
    kinds = [("not-judged", column.not_judged), ("passed" if place == 10 else "some", column.judged)]
    below = 0
    for name, many in kinds:
        heights = [brick] * many if gap else [brick * many] * bool(many)
        for height in heights:
            y = _BASE - below * brick - height if gap else _BASE - brick * (below + many)
            element(
                drawing, "rect", x=x, y=y + gap / 2, width=_STEP - 3, height=max(height - gap, 1.0),
                rx=1.5 if gap else 2, class_=f"mark {name}",
            )  # fmt: skip
            below += 1 if gap else many
    if column.number:
        middle = _left_of(place) + _STEP / 2
        text(drawing, middle, _BASE - below * brick - 6, str(column.number), "count", text_anchor="middle")


def _median_line(drawing: Element, median: float, most: float) -> None:
    is_full = median >= most - 1e-9
    x = _left_of(10) + _STEP / 2 if is_full else _LEFT + 10 * _STEP * (median / most if most else 0.0)
    element(drawing, "path", d=f"M{x:.1f} 20 l-5 -7 h10 z", class_="median-mark")
    element(drawing, "line", x1=x, x2=x, y1=18, y2=_BASE, class_="median")
    anchor = "end" if x > _WIDTH / 2 else "start"
    text(drawing, x + (-9 if anchor == "end" else 9), 18, f"median {number(median)}", "strong", text_anchor=anchor)


# --- rows -------------------------------------------------------------------------------------------------------------


def answers_bar(one: QuestionSummary) -> Markup:
    """How the class answered one question, as one bar; a mark where the mean share of the points lies."""
    told = ", ".join(f"{STATUSES[status]}: {one.statuses[status]}" for status in STATUSES if one.statuses.get(status))
    drawing = picture(
        f"{told or 'no answers'}; mean {percent(one.mean_share)}", class_="row-picture answers", height=22
    )
    total, done = max(one.number, 1), 0
    for status in STATUSES:
        many = one.statuses.get(status, 0)
        if many:
            width = 100 * many / total
            element(
                drawing, "rect", x=f"{100 * done / total:.2f}%", y=1, width=f"{width:.2f}%", height=20,
                class_=f"mark {_class_of(status)}",
            )  # fmt: skip
            done += many
    return markup(drawing)


_LOWEST = -0.4


def _place(value: float) -> str:
    """Where a correlation lies in its picture, from -0.4 (and below) to 1."""
    return f"{6 + 88 * (max(value, _LOWEST) - _LOWEST) / (1 - _LOWEST):.2f}%"


def discrimination_dot(value: float | None) -> Markup:
    """A correlation on a line from below 0 to 1; below 0.2 the question tells little. Negative: a diamond."""
    drawing = picture(f"discrimination {signed(value)}", class_="row-picture", height=22)
    element(drawing, "rect", x=0, y=1, width=_place(0.2), height=20, class_="weak")
    element(drawing, "line", x1=_place(0), x2=_place(0), y1=1, y2=21, class_="axis")
    if value is not None:
        element(drawing, "line", x1=_place(0), x2=_place(value), y1=11, y2=11, class_="stem")
        if value < 0:
            inner = element(drawing, "svg", x=_place(value), y=11, overflow="visible", class_="diamond")
            element(inner, "path", d="M0 -7 L7 0 L0 7 L-7 0 Z", class_="dot low")
        else:
            element(drawing, "circle", cx=_place(value), cy=11, r=5.5, class_="dot" if value >= 0.2 else "dot low")
    return markup(drawing)


def bar(share: float, class_: str = "") -> Markup:
    """A plain bar; the number stands beside it, so it is not read out again."""
    drawing = element(None, "svg", class_="row-picture", height=14, aria_hidden="true")
    element(drawing, "rect", x=0, y=0, width="100%", height=14, rx=3, class_="track")
    element(drawing, "rect", x=0, y=0, width=f"{100 * share:.2f}%", height=14, rx=3, class_=f"bar {class_}")
    return markup(drawing)


# --- every answer -----------------------------------------------------------------------------------------------------

_MOST_COLUMNS = 80


def every_answer(summary: Summary) -> Markup:
    """All answers at a glance: a row a question, a column a submission, most points on the left."""
    ordered = sorted(summary.judged, key=lambda one: -one.points)
    size = max(1, math.ceil(len(ordered) / _MOST_COLUMNS))
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    labels = [question.label for question in summary.record.questions]
    left = 18 + 7.6 * max([len(label) for label in labels], default=0)
    width, top, height = 960.0, 62.0, 19.0
    step = min((width - left - 4) / max(len(groups), 1), 30.0)
    bottom = top + 10 + height * len(labels)
    drawing = picture(
        f"Every answer of {count(len(ordered), 'submission')}, sorted by points: {_told(summary)}.",
        viewBox=f"0 0 {width:g} {bottom + 24:g}", class_="chart wide",
    )  # fmt: skip
    _points_on_top(drawing, groups, summary.record.max_points, left, step, top)
    for row, label in enumerate(labels):
        y = top + 10 + row * height
        text(drawing, left - 10, y + height / 2 + 4.5, label, "row-name", text_anchor="end")
        _row(drawing, [[one.by_question.get(label) for one in group] for group in groups], left, y, step, height)
    text(drawing, left, bottom + 18, "← most points", "axis-name")
    text(drawing, left + step * len(groups), bottom + 18, "fewest →", "axis-name", text_anchor="end")
    return markup(drawing)


def _told(summary: Summary) -> str:
    return ", ".join(f"{one.question.label} {percent(one.mean_share)}" for one in summary.questions)


def _points_on_top(
    drawing: Element, groups: Sequence[Sequence[Submission]], most: float, left: float, step: float, top: float
) -> None:
    text(drawing, left - 10, top - 4, "points", "row-name soft", text_anchor="end")
    path = []
    for place, group in enumerate(groups):
        share = sum(one.points for one in group) / len(group) / most if most else 0.0
        tall = max(0.0, min(1.0, share)) * (top - 8)
        path.append(_box(left + place * step + 1, top - tall, step - 2, tall))
    element(drawing, "path", d="".join(path), class_="mark total")
    element(drawing, "line", x1=left, x2=left + step * len(groups), y1=top + 0.5, y2=top + 0.5, class_="axis")


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def _row(
    drawing: Element, groups: Sequence[Sequence[Answer | None]], left: float, y: float, step: float, height: float
) -> None:
    """The boxes of one question, drawn as one path a status."""
    paths: dict[str, list[str]] = {}
    wide, tall = step - min(2.0, step / 5), height - 3
    for place, group in enumerate(groups):
        x = left + place * step + (step - wide) / 2
        status, share = _of_group([answer for answer in group if answer])
        if status == "partly":
            filled = max(2.0, min(tall - 2.0, share * tall))
            paths.setdefault("frame", []).append(_box(x + 0.5, y + 0.5, wide - 1, tall - 1))
            paths.setdefault("share", []).append(_box(x, y + tall - filled, wide, filled))
        elif status == "failed":
            paths.setdefault("frame", []).append(_box(x + 0.5, y + 0.5, wide - 1, tall - 1))
        elif status:
            paths.setdefault(_class_of(status), []).append(_box(x, y, wide, tall))
    for name, path in paths.items():
        element(drawing, "path", d="".join(path), class_=f"mark {name}")


def _of_group(answers: Sequence[Answer]) -> tuple[str, float]:
    """The status and share of one box: of one answer its own, of several their mean."""
    statuses = {answer.status for answer in answers}
    share = difficulty([answer.share for answer in answers if answer.share is not None]) or 0.0
    if len(statuses) == 1:
        return statuses.pop(), share
    return ("passed" if share >= 1 else "partly" if share > 0 else "failed", share) if answers else ("", 0.0)


# --- time -------------------------------------------------------------------------------------------------------------

_FASTEST = 0.001
_MOST_TICKS = 120


def _at(value: float, slowest: float) -> str:
    """Where a time lies between 1 ms and the next power of ten above the slowest one, logarithmically."""
    decades = math.log10(_end(slowest) / _FASTEST)
    return f"{2 + 96 * math.log10(max(value, _FASTEST) / _FASTEST) / decades:.2f}%"


def _end(slowest: float) -> float:
    return max(0.1, 10 ** math.ceil(math.log10(max(slowest, _FASTEST)) - 1e-9))


def time_strip(one: QuestionSummary, slowest: float) -> Markup:
    """One tick a submission on a logarithmic axis, and a diamond for the median."""
    assert one.seconds
    values = one.seconds.values
    told = f"median {seconds(one.seconds.median)}, most {seconds(one.seconds.most)}"
    drawing = picture(told, class_="row-picture", height=22)
    for decade in _decades(slowest):
        element(drawing, "line", x1=_at(decade, slowest), x2=_at(decade, slowest), y1=0, y2=22, class_="grid")
    ends = _at(values[0], slowest), _at(values[-1], slowest)
    element(drawing, "line", x1=ends[0], x2=ends[1], y1=11, y2=11, class_="stem thin")
    if len(values) > _MOST_TICKS:
        values = tuple(quantile(values, i / (_MOST_TICKS - 1)) for i in range(_MOST_TICKS))
    for value in values:
        element(drawing, "line", x1=_at(value, slowest), x2=_at(value, slowest), y1=4, y2=18, class_="tick-mark")
    inner = element(drawing, "svg", x=_at(one.seconds.median, slowest), y=11, overflow="visible")
    element(inner, "path", d="M0 -8 L6 0 L0 8 L-6 0 Z", class_="dot")
    return markup(drawing)


def _decades(slowest: float) -> list[float]:
    return [10.0**power for power in range(-3, round(math.log10(_end(slowest))) + 1)]


def time_axis(slowest: float) -> Markup:
    """The axis below the strips."""
    drawing = element(None, "svg", class_="row-picture", height=18, aria_hidden="true")
    decades = _decades(slowest)
    for place, decade in enumerate(decades):
        anchor = "start" if place == 0 else "end" if place == len(decades) - 1 else "middle"
        words = f"{decade * 1000:g} ms" if decade < 0.1 else f"{decade:g} s"
        crowded = "tick odd" if place % 2 else "tick"  # every second one has room on a phone
        text(drawing, _at(decade, slowest), 13, words, crowded, text_anchor=anchor)
    return markup(drawing)
