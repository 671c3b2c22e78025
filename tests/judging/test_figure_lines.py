"""Curves judged by where they end, in any styling."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gradus.judging import decode, encode
from gradus.judging.figures import AxesLabelled, LinesEnding, describe_figures

MATCHER = LinesEnding((0.25, 0.75), 4, "the loss of both models")


@pytest.fixture(autouse=True)
def _closed():
    plt.switch_backend("agg")
    yield
    plt.close("all")


def _compare(figures, matcher=MATCHER):
    return matcher.compare(decode(encode(describe_figures(figures))))


def _panel(*ends, points=4, draw="plot"):
    figure, axes = plt.subplots()
    for end in ends:
        getattr(axes, draw)(np.arange(points), np.linspace(1, end, points))
    return figure


@pytest.mark.parametrize("draw", ["plot", "semilogy", "scatter", "step"])
def test_any_way_of_drawing_will_do(draw):
    assert _compare(_panel(0.75, 0.25, draw=draw)) is None


def test_percent_will_do_for_both_lines_or_for_none():
    assert _compare(_panel(75, 25)) is None
    assert _compare(_panel(75, 0.25)) is not None


def test_the_panel_may_be_in_any_of_several_figures():
    for figures in ([_panel(9, 8), _panel(0.75, 0.25)], {"a": _panel(9), "b": _panel(0.75, 0.25)}):
        assert _compare(figures) is None
    both, panels = plt.subplots(1, 2)
    panels[1].plot([0, 1, 2, 3], [1, 1, 1, 0.25])
    panels[1].plot([0, 1, 2, 3], [1, 1, 1, 0.75])
    assert _compare(panels) is None and _compare(both) is None


def test_lines_in_two_panels_are_not_both_in_one():
    assert "Only some" in _compare([_panel(0.25), _panel(0.75)]).sentence


def test_a_missing_a_short_and_a_wrong_line_are_told_apart():
    assert "Only some" in _compare(_panel(0.25, 0.5)).sentence
    assert "Only some" in _compare(_panel(0.5, 0.75)).sentence
    assert "fewer than 4 points" in _compare(_panel(0.25, 0.75, points=3)).sentence
    assert "No panel shows" in _compare(_panel(0.1, 0.2)).sentence


def test_one_line_cannot_stand_for_two():
    twice = LinesEnding((0.25, 0.25), 4, "two alike")
    assert _compare(_panel(0.25), twice) is not None
    assert _compare(_panel(0.25, 0.25), twice) is None


def test_something_else_than_a_figure_is_said_to_be():
    assert "figure" in MATCHER.compare(3).sentence
    with pytest.raises(TypeError, match="matplotlib figure"):
        describe_figures([3])


def test_labels_are_looked_for_in_every_figure():
    labelled, bare = _panel(0.25), _panel(0.75)
    labelled.axes[0].set(xlabel="pass", ylabel="loss")
    assert _compare(labelled, AxesLabelled()) is None
    assert _compare([labelled, bare], AxesLabelled()) is not None
