"""An explorer's Python side: state that can be read, set and handed to a page, and values that make no sense."""

import ast
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

import gradus.widgets
from gradus.widgets import ConvExplorer, GraphStepper, ReceptiveFieldExplorer, SoftThresholdExplorer
from gradus.widgets.module import source

EXPLORERS = [getattr(gradus.widgets, name) for name in gradus.widgets.__all__]
WIDGETS = Path(gradus.widgets.__file__).parent


@pytest.mark.parametrize("Explorer", EXPLORERS)
def test_an_explorer_is_shown_live_and_as_a_page_of_its_own(Explorer):
    data, _ = Explorer()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith("<iframe title=")
    assert "srcdoc=" in data["text/html"]
    assert data["text/plain"].startswith(Explorer.__name__)


@pytest.mark.parametrize("Explorer", EXPLORERS)
def test_an_explorer_is_one_module_that_needs_nothing_else(Explorer):
    module = Explorer._esm
    assert "import " not in module.replace("@import", "")
    addresses = {word for word in module.split('"') if word.startswith(("http:", "https:"))}
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert module.count("export default") == 1
    assert len(module) < 150_000


@pytest.mark.parametrize("Explorer", EXPLORERS)
def test_the_docstring_has_an_example_that_works(Explorer):
    import doctest

    finder = doctest.DocTestFinder(recurse=False)
    namespace = vars(gradus.widgets) | {"math": math}
    (example,) = finder.find(Explorer, Explorer.__name__, globs=dict(namespace))
    assert example.examples
    assert doctest.DocTestRunner().run(example).failed == 0


def test_state_can_be_read_and_set():
    explorer = ConvExplorer([[1, 2, 0], [0, 1, 3], [4, 0, 1]], [[1, 0], [0, -1]], stride=1)
    assert explorer.output.tolist() == [[0, -1], [0, 0]]
    explorer.kernel = torch.ones(2, 2)
    explorer.stride = np.int64(2)
    assert explorer.output.tolist() == [[4]]
    assert explorer.kernel.tolist() == [[1, 1], [1, 1]]


def test_an_output_that_was_set_is_shown_until_something_else_changes():
    explorer = ConvExplorer()
    explorer.output = explorer.output + 1
    assert explorer.output[0, 0] == 110
    explorer.padding = 1
    assert explorer.output.shape == (5, 5)
    explorer.padding = 0
    assert explorer.output[0, 0] == 109


def test_the_gradient_of_the_lecture_is_right():
    expected = [[4, 7, 10, 6, 3], [9, 17, 25, 16, 8], [11, 23, 34, 23, 11], [7, 16, 24, 17, 8], [2, 6, 9, 7, 3]]
    assert ConvExplorer().input_gradient.tolist() == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stride", "a"),
        ("stride", 1.5),
        ("stride", None),
        ("padding", [1]),
        ("p", "many"),
        ("p", -math.inf),
        ("mode", "median"),
        ("image", "letters"),
        ("image", [[1, 2], [3]]),
        ("image", [["a"]]),
        ("image", np.zeros((2, 2, 2))),
        ("image", []),
        ("image", [[math.nan]]),
        ("kernel", object()),
        ("grad_output", "ones"),
    ],
)
def test_a_value_that_makes_no_sense_leaves_a_sentence_and_the_value_before(name, value):
    explorer = ConvExplorer(**{name: value})
    assert name in explorer.note
    assert "unchanged" in explorer.note
    before = getattr(explorer, name)
    setattr(explorer, name, value)
    np.testing.assert_array_equal(getattr(explorer, name), before)
    good = getattr(ConvExplorer(), name)
    setattr(explorer, name, good)
    assert explorer.note == ""


@pytest.mark.parametrize(
    "state", [{"stride": 0}, {"stride": -3}, {"padding": -1}, {"dilation": 0}, {"kernel": 9}, {"p": 0.5, "mode": "lp"}]
)
def test_sizes_that_fit_nowhere_have_no_output(state):
    explorer = ConvExplorer(**state)
    assert explorer.output is None
    assert explorer.input_gradient is None
    assert "text/html" in explorer._repr_mimebundle_()[0]


def test_a_window_that_reads_only_padding_is_never_handed_to_torch():
    """torch.max_pool2d answers -inf there, and its backward pass writes outside its memory."""
    explorer = ConvExplorer([[1, 2], [3, 4]], 2, mode="max", padding=1, dilation=3)
    assert explorer.output is None


def test_a_large_image_is_shown_in_part_and_says_so():
    explorer = ConvExplorer(np.ones((200, 200)), 3)
    assert explorer.image.shape == (32, 32)
    assert "200 × 200" in explorer.note
    assert explorer.output.shape == (30, 30)


def test_the_other_explorers_take_nonsense_with_a_sentence():
    assert "T must be a number" in SoftThresholdExplorer(T="wide").note
    assert SoftThresholdExplorer(T=-1).value is None
    assert "is not known" in GraphStepper("spaghetti").note
    assert "must come before it" in GraphStepper([{"name": "y", "op": "exp", "inputs": ["x"]}]).note
    assert (
        "takes 2 input" in GraphStepper([{"name": "x", "value": 1}, {"name": "y", "op": "add", "inputs": ["x"]}]).note
    )
    assert (
        "the operations are"
        in GraphStepper([{"name": "x", "value": 1}, {"name": "y", "op": "cosh", "inputs": ["x"]}]).note
    )
    assert "1 to 16 nodes" in GraphStepper([]).note
    assert "must be a text" in ReceptiveFieldExplorer(7).note
    assert ReceptiveFieldExplorer("two words", kernel=9).output_length is None
    assert ReceptiveFieldExplorer("").fields is None


def test_infinity_travels_as_a_word_because_json_has_none():
    explorer = ConvExplorer(mode="lp", p=math.inf)
    assert explorer.state()["p"] == "inf"
    json.dumps(explorer.state(), allow_nan=False)
    explorer.set_state({"p": "inf"})
    assert explorer.p == math.inf


def test_an_output_with_nan_can_be_shown():
    explorer = ConvExplorer([[-1, -1], [-1, -1]], 2, mode="lp", p=1.5)
    assert math.isnan(explorer.output[0, 0])
    json.dumps(explorer.state(), allow_nan=False)


def test_the_recordings_are_small_and_say_where_they_come_from():
    for name in ("learning_rate", "smoothness"):
        path = WIDGETS / "recorded" / f"{name}.json"
        assert path.stat().st_size < 100_000
        about = json.loads(path.read_text())["about"]
        for word in ("Recorded 2", "torch", "Python", "on Fashion-MNIST ("):
            assert word in about


def test_the_recorded_runs_hold_what_the_presets_promise():
    from gradus.widgets import LearningRateExplorer

    stable, edge, diverging = (LearningRateExplorer(rate, gamma=0.003) for rate in (0.002, 0.008, 0.032))
    assert stable.losses[-1] < 0.45
    assert stable.averaged_losses[-1] < stable.losses[-1]
    assert (edge.losses[1:10] > 2.2).all()
    assert edge.losses[-1] < 2
    assert abs(diverging.losses[-1] - math.log(10)) < 0.01
    assert math.isnan(LearningRateExplorer(0.256).losses[-1])


def test_names_are_written_once_across_the_parts_of_a_module():
    """Parts share one scope: a second declaration of a name would stop the module."""
    for name in ("conv", "graph", "threshold", "learning_rate", "smoothness", "receptive"):
        assert "export default { render };" in source(f"{name}.js")


def test_answers_never_depend_on_a_widget():
    """Neither the questions nor the judging import an explorer."""
    for folder in ("questions", "judging"):
        for path in (WIDGETS.parent / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = (
                    [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else [a.name for a in getattr(node, "names", [])]
                )
                assert not any("widgets" in name for name in names if isinstance(node, ast.Import | ast.ImportFrom)), (
                    path
                )
