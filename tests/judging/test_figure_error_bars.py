"""Error bars, tick names and notes are read from a figure's data, however it was drawn."""

import math

import matplotlib
import matplotlib.pyplot as plt
import pytest

from gradus.judging import decode, encode
from gradus.judging.figures import Bars, ErrorBars, Says, TicksName, describe_figure

matplotlib.use("agg")
HEIGHTS, LENGTHS = (0.6, 0.5, 0.25), (0.1, 0.05, 0.02)
EXPECTED = ErrorBars(HEIGHTS, LENGTHS, "one standard deviation up and down")


@pytest.fixture
def axes():
    _, axes = plt.subplots()
    yield axes
    plt.close("all")


def found(axes):
    return decode(encode(describe_figure(axes)))


def with_yerr(axes):
    axes.bar(range(3), HEIGHTS, yerr=LENGTHS, capsize=4)


def with_errorbar(axes):
    axes.bar(["a", "b", "c"], HEIGHTS)
    axes.errorbar(["a", "b", "c"], HEIGHTS, yerr=LENGTHS, fmt="none")


def with_one_call_a_bar(axes):
    for place, (height, length) in enumerate(zip(HEIGHTS, LENGTHS, strict=True)):
        axes.bar(place, height, yerr=[[length], [length]])


def with_vlines(axes):
    axes.bar(range(3), HEIGHTS)
    low, high = zip(*((h - e, h + e) for h, e in zip(HEIGHTS, LENGTHS, strict=True)), strict=True)
    axes.vlines(range(3), low, high)


def with_plain_lines(axes):
    axes.bar(range(3), HEIGHTS)
    for place, (height, length) in enumerate(zip(HEIGHTS, LENGTHS, strict=True)):
        axes.plot([place, place], [height - length, height + length])


@pytest.mark.parametrize("draw", [with_yerr, with_errorbar, with_one_call_a_bar, with_vlines, with_plain_lines])
def test_error_bars_pass_in_any_style(axes, draw):
    draw(axes)
    assert EXPECTED.compare(found(axes)) is None
    assert Bars(HEIGHTS, "").compare(found(axes)) is None


@pytest.mark.parametrize("lengths", [(0.1, 0.05, 0.03), (0.1, 0.05), (0.2, 0.1, 0.04)])
def test_other_error_bars_do_not_pass(axes, lengths):
    axes.bar(range(len(lengths)), HEIGHTS[: len(lengths)], yerr=lengths)
    assert "not one standard deviation" in EXPECTED.compare(found(axes)).sentence


def test_a_chart_without_error_bars_is_told_that_there_are_none(axes):
    axes.bar(range(3), HEIGHTS)
    assert EXPECTED.compare(found(axes)).sentence == "There are no error bars."


def test_error_bars_around_the_wrong_heights_do_not_pass(axes):
    axes.bar(range(3), HEIGHTS, yerr=LENGTHS, bottom=[0.1, 0.1, 0.1])
    assert EXPECTED.compare(found(axes)) is not None


def test_an_error_bar_of_length_0_may_be_missing_or_not(axes):
    axes.bar(range(3), HEIGHTS, yerr=(0.1, 0, 0.02))
    assert ErrorBars(HEIGHTS, (0.1, 0, 0.02), "").compare(found(axes)) is None


def test_a_bar_that_is_nan_has_no_error_bar(axes):
    axes.bar(range(3), (0.6, math.nan, 0.25), yerr=(0.1, math.nan, 0.02))
    assert EXPECTED.compare(found(axes)) is not None
    assert ErrorBars((0.6, 0.25), (0.1, 0.02), "").compare(found(axes)) is None


@pytest.mark.parametrize("names", [["1", "5", "500"], ["s = 1", "s = 5\n(3 of 10 diverged)", "stride 500"]])
def test_ticks_may_say_more_than_the_number(axes, names):
    axes.bar(range(3), HEIGHTS, tick_label=names)
    assert TicksName((1, 5, 500), "the strides").compare(found(axes)) is None


@pytest.mark.parametrize("names", [["1", "500", "5"], ["1", "5", "5000"], ["1", "5", "0.500"], ["0", "1", "2"]])
def test_other_ticks_do_not_pass(axes, names):
    axes.bar(range(3), HEIGHTS, tick_label=names)
    assert TicksName((1, 5, 500), "the strides").compare(found(axes)) is not None


@pytest.mark.parametrize(
    "write",
    [
        lambda axes: axes.set_title("3 of 10 left out"),
        lambda axes: axes.set_xlabel("stride (three models diverged)"),
        lambda axes: axes.text(0, 0, "n = 3"),
        lambda axes: axes.figure.suptitle("{1: 3}"),
        lambda axes: axes.figure.supxlabel("3 diverged"),
        lambda axes: axes.figure.text(0.5, 0.5, "3"),
        lambda axes: axes.bar(0, 1, label="3 models") and axes.legend(),
    ],
)
def test_a_note_is_found_wherever_it_stands(axes, write):
    assert Says((3,), "how many").compare(found(axes)) is not None
    write(axes)
    assert Says((3,), "how many").compare(found(axes)) is None


@pytest.mark.parametrize("text", ["0.3", "13", "3.5", "30 models", "threesome"])
def test_a_number_inside_another_one_says_nothing(axes, text):
    axes.set_title(text)
    assert Says((3,), "how many").compare(found(axes)) is not None
