"""The figure of C2 is judged by its data: any styling passes, and each thing that is missing is said."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gradus.judging import decode
from gradus.judging.encoding import encode
from gradus.judging.figures import describe_figure
from gradus.questions.mlp_ema_sgd_figure import QUANTITIES, panels, same_moments, skipped

ENDS = {
    "plain": dict(zip(QUANTITIES, (0.31, 0.72, 0.88, 0.80), strict=True)),
    "averaged": dict(zip(QUANTITIES, (0.22, 0.61, 0.91, 0.84), strict=True)),
}


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def seen(moments=(3, 4, 5), scale=1.0, shift=0, ends=ENDS, decorate=lambda axes: None, passes=5):
    """What C2 tells of a figure whose curves end at `ends`; the plain ones `shift` moments earlier."""
    figure, grid = plt.subplots(2, 2)
    for axes, quantity in zip(grid.flat, QUANTITIES, strict=True):
        for model, values in ENDS.items():
            end = values[quantity] * (scale if quantity.endswith("accuracy") else 1)
            curve = end + 0.1 * np.arange(len(moments))[::-1]
            curve = curve + 0.1 * shift if model == "plain" else curve
            axes.plot(moments, curve)
        decorate(axes)
    told = {"axes": describe_figure(figure)["axes"], "ends": ends, "passes": passes, "skipped": 2}
    return decode(encode(told))


def test_a_figure_with_both_models_in_four_panels_is_right():
    assert panels(seen()) is skipped(seen()) is same_moments(seen()) is True


def test_lines_across_a_panel_are_no_curves():
    ruled = seen(decorate=lambda axes: (axes.axhline(0.5), axes.axvline(4)))
    assert panels(ruled) is same_moments(ruled) is True


def test_percent_and_any_order_of_moments_are_right():
    assert same_moments(seen(scale=100)) is True
    assert same_moments(seen(moments=(30, 40, 50))) is True


def test_a_log_from_before_the_first_pass_may_keep_the_second():
    assert skipped(seen(moments=(2, 3, 4, 5))) is True
    assert skipped(seen(moments=(1, 2, 3, 4))) is not True
    assert "first two passes are in the figure" in skipped(seen(moments=(1, 2, 3, 4, 5)))


def test_a_curve_that_is_a_pass_behind_is_said():
    assert same_moments(seen(shift=1)).startswith("The two logs were taken at different moments")
    assert "curves of the plain model" in same_moments(seen(shift=1))


def test_a_model_that_has_diverged_ends_in_nan():
    broken = {"plain": dict.fromkeys(QUANTITIES, float("nan")), "averaged": ENDS["averaged"]}
    assert same_moments(seen(ends=broken)) is not True


def test_missing_panels_are_counted():
    figure, grid = plt.subplots(1, 2)
    for axes in grid:
        axes.plot([1, 2, 3], [1, 2, 3])
    told = decode(encode({"axes": describe_figure(figure)["axes"]}))
    assert panels(told) == "Expected 4 panels with curves, got 2."
