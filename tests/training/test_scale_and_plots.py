"""The scales of the experiments, and the figures."""

import dataclasses

import matplotlib.style
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from gradus.plots import bar_chart, curve, loss_accuracy_figure
from gradus.scale import SCALES, scale
from gradus.training import Log


@pytest.fixture(autouse=True)
def no_scale_set(monkeypatch):
    monkeypatch.delenv("GRADUS_SCALE", raising=False)
    monkeypatch.delenv("NBGRADER_VALIDATING", raising=False)


def test_the_scale_is_full_unless_quick_is_asked_for_and_grading_when_graded(monkeypatch):
    assert scale("mlp_ema_sgd").name == "full"
    assert scale("mlp_ema_sgd", "quick").name == "quick"
    monkeypatch.setenv("GRADUS_SCALE", "quick")
    assert scale("mlp_ema_sgd").name == "quick" and scale("mlp_ema_sgd", "full").name == "full"
    monkeypatch.setenv("GRADUS_SCALE", "grading")
    assert {scale("mlp_ema_sgd", name).name for name in (None, "full", "quick")} == {"grading"}


def test_while_nbgraders_validate_runs_experiments_fit_into_its_thirty_seconds(monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    assert {scale("text_cnn", name).name for name in (None, "full", "quick")} == {"grading"}


def test_an_unknown_name_is_refused_with_those_that_are_known(monkeypatch):
    with pytest.raises(ValueError, match=r"'mlp'.*'mlp_ema_sgd', 'convnet_batchnorm', 'stride_or_pool', 'text_cnn'"):
        scale("mlp")
    with pytest.raises(ValueError, match=r"'huge'.*'full', 'quick', 'grading'"):
        scale("text_cnn", "huge")
    monkeypatch.setenv("GRADUS_SCALE", "ful")
    with pytest.raises(ValueError, match=r"'ful' \(from the environment variable GRADUS_SCALE\)"):
        scale("text_cnn")


@pytest.mark.parametrize("assignment", SCALES)
def test_every_assignment_has_three_scales_each_no_bigger_than_the_one_before(assignment):
    full, quick, grading = (dataclasses.asdict(SCALES[assignment][name]) for name in ("full", "quick", "grading"))
    for name, value in full.items():
        if isinstance(value, int):
            assert value >= quick[name] >= grading[name] >= 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        SCALES[assignment]["full"].name = "other"


def test_the_full_scale_is_the_homeworks():
    mlp, text = scale("mlp_ema_sgd"), scale("text_cnn")
    assert (mlp.train_images, mlp.passes, mlp.batch_size, mlp.gamma) == (6000, 25, 8, 1e-3)
    assert (text.strides, text.models_per_stride, text.epochs) == ((1, 5, 10, 30, 100, 500), 10, 50)


def _log():
    log = Log(note="stand-in data")
    for k in (1, 2, 3):
        for i, model in enumerate(("plain", "averaged")):
            names = ("train loss", "train accuracy", "test loss", "test accuracy")
            log.record(k, model, dict.fromkeys(names, k + i))
    return log


def test_the_four_curves_show_every_model_without_the_skipped_moments_and_say_stand_in():
    figure = loss_accuracy_figure(_log(), skip=1)
    assert isinstance(figure, Figure)
    assert [axes.get_ylabel() for axes in figure.axes] == [
        "train loss",
        "test loss",
        "train accuracy",
        "test accuracy",
    ]
    for axes in figure.axes:
        assert axes.get_xlabel() == "pass"
        assert [list(line.get_xdata()) for line in axes.lines] == [[2, 3], [2, 3]]
        assert len({(line.get_color(), line.get_linestyle()) for line in axes.lines}) == 2
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["plain", "averaged"]
    assert figure.get_supxlabel() == "stand-in data"
    with pytest.raises(ValueError, match="skip = 3"):
        loss_accuracy_figure(_log(), skip=3)


def test_a_bar_chart_has_error_bars_and_a_gap_where_nothing_was_measured():
    figure = bar_chart([1, 5], [0.7, float("nan")], [0.1, float("nan")], xlabel="stride", ylabel="test accuracy")
    (axes,) = figure.axes
    assert axes.patches[0].get_height() == 0.7 and len(axes.containers) == 2
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "5"]
    assert [text.get_text() for text in axes.texts] == ["none"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("stride", "test accuracy")
    with pytest.raises(ValueError, match="as many"):
        bar_chart([1], [1, 2], xlabel="", ylabel="")


def test_a_curve_shows_its_marked_points():
    figure = curve([0.001, 0.01], [1, 2], {"diverges": (0.01, 2)}, xlabel="learning rate", ylabel="loss", log_x=True)
    (axes,) = figure.axes
    assert axes.get_xscale() == "log" and axes.texts[0].get_text() == "diverges"
    assert [list(line.get_xdata()) for line in axes.lines] == [[0.001, 0.01], [0.01]]


def test_a_figure_is_dark_on_white_whatever_the_style_and_shows_itself_as_a_picture():
    with matplotlib.rc_context():
        matplotlib.style.use("dark_background")
        figure = loss_accuracy_figure(_log())
        picture = figure._repr_png_()
        legend = figure.axes[0].get_legend()
        texts = [*figure.axes[0].get_xticklabels(), *legend.get_texts(), figure.axes[0].xaxis.label]
        inks = {to_hex(text.get_color()) for text in texts}
        grounds = {to_hex(part.get_facecolor()) for part in (figure, figure.axes[0], legend.get_frame())}
    assert picture.startswith(b"\x89PNG")
    assert inks == {"#222222"} and grounds == {"#ffffff"}
