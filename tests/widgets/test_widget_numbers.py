"""The browser's numbers are torch's, over thousands of random configurations; node answers all of them at once."""

import json
import math
import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from gradus.widgets import ConvExplorer, GraphStepper, ReceptiveFieldExplorer, SoftThresholdExplorer
from gradus.widgets.conv import filler
from gradus.widgets.graph import OPERATIONS, TWO_INPUTS, operation

HERE = Path(__file__).parent
MODES = ("cross-correlation", "convolution", "max", "average", "lp")


def random_conv(rng: random.Random) -> dict:
    mode = rng.choice(MODES)

    # Entries that binary fractions hold exactly, so that a sum that is zero is zero in both languages.
    def grid(rows: int, columns: int) -> list[list[float]]:
        return [
            [rng.choice([0, 1, -1, rng.randint(-9, 9), rng.randint(-40, 40) / 8]) for _ in range(columns)]
            for _ in range(rows)
        ]

    size, kernel = rng.randint(1, 12), rng.randint(1, 5)
    rectangle = rng.random() < 0.3
    image = grid(size, rng.randint(1, 12) if rectangle else size)
    return {
        "image": image,
        "kernel": grid(kernel, rng.randint(1, 5) if rectangle else kernel),
        "mode": mode,
        "stride": rng.randint(1, 5),
        "padding": rng.randint(0, 3),
        "dilation": rng.choice([1, 1, 2, 3]),
        "p": rng.choice([1, 1.5, 2, 3, 4, 8, "inf"]),
        "absolute": rng.random() < 0.5,
        "count_padding": rng.random() < 0.5,
        "upstream": rng.randint(0, 10**6),
    }


def torch_conv(config: dict) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Output, arriving gradient and input gradient, straight from torch.nn.functional."""
    image = torch.tensor(config["image"], dtype=torch.float64, requires_grad=True)
    kernel = torch.tensor(config["kernel"], dtype=torch.float64)
    x, stride, padding, size = image[None, None], config["stride"], config["padding"], tuple(kernel.shape)
    match config["mode"]:
        case "cross-correlation":
            y = functional.conv2d(x, kernel[None, None], None, stride, padding, config["dilation"])
        case "convolution":
            y = functional.conv2d(x, kernel.flip(0, 1)[None, None], None, stride, padding, config["dilation"])
        case "max":
            # torch answers -inf here and then writes outside its memory in the backward pass: ask it nothing.
            seen = functional.max_pool2d(torch.zeros_like(x), size, stride, padding, config["dilation"])
            if seen.isinf().any():
                raise RuntimeError("a window of padding")
            y = functional.max_pool2d(x, size, stride, padding, config["dilation"])
        case "average":
            y = functional.avg_pool2d(x, size, stride, padding, count_include_pad=config["count_padding"])
        case _ if config["p"] == "inf":
            columns = functional.unfold(functional.pad(x, (padding,) * 4), size, stride=stride)
            rows = (image.shape[0] + 2 * padding - size[0]) // stride + 1
            y = torch.linalg.vector_norm(columns[0], ord=math.inf, dim=0).view(rows, -1)[None, None]
        case _:
            padded = functional.pad(x.abs() if config["absolute"] else x, (padding,) * 4)
            y = functional.lp_pool2d(padded, config["p"], size, stride)
    arriving = torch.from_numpy(np.random.default_rng(config["upstream"]).integers(-5, 6, tuple(y.shape[2:]))).double()
    (gradient,) = torch.autograd.grad(y[0, 0], image, arriving)
    return y[0, 0].detach(), arriving, gradient


def random_graph(rng: random.Random) -> list[dict]:
    nodes = [{"name": f"x{k}", "value": round(rng.uniform(0.3, 2.0), 3)} for k in range(rng.randint(1, 3))]
    safe = [name for name in OPERATIONS if name not in ("log", "sqrt", "div")]
    for k in range(rng.randint(1, 8)):
        op = rng.choice(safe)
        names = [rng.choice([node["name"] for node in nodes[-4:]]) for _ in range(2 if op in TWO_INPUTS else 1)]
        nodes.append(operation(f"n{k}", op, *names))
    return nodes


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Operations this small are many times faster on one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def right(one_thread) -> list[tuple[dict, tuple | None]]:
    """Random configurations with torch's (output, arriving, gradient), or None where it refuses."""
    rng = random.Random(6)
    found = []
    for _ in range(4000):
        config = random_conv(rng)
        try:
            found.append((config, torch_conv(config)))
        except RuntimeError:
            found.append((config, None))
    return found


@pytest.fixture(scope="module")
def asked(right) -> tuple[dict, dict]:
    """Questions and node's answers to them."""
    rng = random.Random(8)
    conv = [{**config, "arriving": [] if known is None else known[1].tolist()} for config, known in right]
    questions = {
        "conv": conv,
        "graph": [random_graph(rng) for _ in range(400)],
        "threshold": [{"y": rng.uniform(-15, 15), "T": rng.uniform(0.01, 6)} for _ in range(1000)],
        "receptive": [
            {"words": n, "kernel": k, "stride": s, "padding": p, "layers": layers}
            for n in (1, 2, 9)
            for k in (1, 2, 3, 5)
            for s in (1, 2, 4)
            for p in (0, 1, 2)
            for layers in (1, 2, 3)
        ],
    }
    node = shutil.which("node")
    assert node, "node is needed to compare the browser's numbers with torch's: install Node 20 or newer"
    command = [node, str(HERE / "js" / "answers.mjs")]
    done = subprocess.run(
        command, input=json.dumps(questions), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return questions, json.loads(done.stdout)


def numbers(value: list) -> np.ndarray:
    """Nested lists in which nan and infinity are words, as float64."""
    return np.array(value, dtype=object).astype(np.float64)


def test_every_window_gives_what_torch_gives(asked, right):
    _, answers = asked
    computed = dict.fromkeys(MODES, 0)
    for (config, known), answer in zip(right, answers["conv"], strict=True):
        if known is None:
            assert "problem" in answer, f"torch refuses {config}, the explorer does not"
            continue
        output, _, gradient = known
        assert "problem" not in answer, f"the explorer says {answer}, torch computes {config}"
        assert answer["size"] == list(output.shape)
        told = (numbers(answer["output"]), numbers(answer["gradient"]))
        assert np.allclose(told[0], output, rtol=1e-9, atol=1e-9, equal_nan=True), (config, told[0], output)
        assert np.allclose(told[1], gradient, rtol=1e-7, atol=1e-9, equal_nan=True), (config, told[1], gradient)
        computed[config["mode"]] += 1
    assert min(computed.values()) > 200, computed


def test_marked_cells_are_those_that_no_window_reads(asked):
    questions, answers = asked
    for config, answer in list(zip(questions["conv"], answers["conv"], strict=True))[:1500]:
        if "problem" in answer or config["mode"] not in ("cross-correlation", "convolution"):
            continue
        image = torch.tensor(config["image"], dtype=torch.float64, requires_grad=True)
        ones = torch.ones_like(torch.tensor(config["kernel"], dtype=torch.float64))[None, None]
        padded = functional.pad(image[None, None], (config["padding"],) * 4)
        y = functional.conv2d(padded, ones, stride=config["stride"], dilation=config["dilation"])
        (reads,) = torch.autograd.grad(y.sum(), padded, retain_graph=True)
        (fed,) = torch.autograd.grad(y.sum(), image)
        rows, columns = (np.array(axis) for axis in answer["read"])
        np.testing.assert_array_equal(np.outer(rows, columns), reads[0, 0].numpy() > 0)
        np.testing.assert_array_equal(np.array(answer["fed"]), fed.numpy())


def test_every_graph_gives_the_values_and_adjoints_of_autograd(asked):
    questions, answers = asked
    for graph, answer in zip(questions["graph"], answers["graph"], strict=True):
        stepper = GraphStepper(graph)
        assert stepper.note == ""
        values, adjoints = stepper.values, stepper.adjoints
        for name in values:
            told = (float(answer["values"][name]), float(answer["adjoints"][name]))
            if all(math.isfinite(one) for one in (values[name], adjoints[name])):
                assert told == pytest.approx((values[name], adjoints[name]), rel=1e-9, abs=1e-9), (name, graph)
        stepper.close()


def test_every_operation_of_the_graph_is_known_on_both_sides():
    for name in OPERATIONS:
        inputs = ["x", "y"] if name in TWO_INPUTS else ["x"]
        stepper = GraphStepper(
            [{"name": "x", "value": 0.7}, {"name": "y", "value": 0.4}, operation("z", name, *inputs)]
        )
        assert f"  {name}: {{" in stepper._esm
        assert math.isfinite(stepper.values["z"])
        stepper.close()


def test_the_soft_threshold_and_its_slope_are_those_of_autograd(asked):
    questions, answers = asked
    for question, answer in zip(questions["threshold"], answers["threshold"], strict=True):
        T = question["T"]
        y = torch.tensor(question["y"], dtype=torch.float64, requires_grad=True)
        value = torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 3, 0.0 * y))
        (slope,) = torch.autograd.grad(value, y)
        assert (answer["value"], answer["slope"]) == pytest.approx((value.item(), slope.item()), rel=1e-9, abs=1e-12)


def test_the_python_side_of_the_soft_threshold_is_autograd_too():
    explorer = SoftThresholdExplorer(T=2.81, y=3.2)
    assert (explorer.value, explorer.slope) == pytest.approx((0.1521, 0.78))
    explorer.y = -3.81
    assert (explorer.value, explorer.slope) == pytest.approx((-1.0, 3.0))


def test_receptive_fields_are_where_torchs_gradient_is_not_zero(asked):
    questions, answers = asked
    drawn = 0
    for question, answer in zip(questions["receptive"], answers["receptive"], strict=True):
        settings = {name: question[name] for name in ("kernel", "stride", "padding", "layers")}
        explorer = ReceptiveFieldExplorer(" ".join(str(word) for word in range(question["words"])), **settings)
        fields = explorer.fields
        explorer.close()
        if fields is None:
            assert "problem" in answer, question
            continue
        assert answer["all"][-1] == len(fields), question
        assert [[str(word) for word in field] for field in answer["fields"]] == fields, question
        drawn += 1
    assert drawn > 150


def test_the_python_output_is_torchs_for_every_mode():
    rng = random.Random(7)
    for _ in range(100):
        config = random_conv(rng)
        settings = {
            name: config[name] for name in ("mode", "stride", "padding", "dilation", "absolute", "count_padding")
        }
        p = math.inf if config["p"] == "inf" else config["p"]
        explorer = ConvExplorer(config["image"], config["kernel"], p=p, **settings)
        try:
            output, arriving, gradient = torch_conv(config)
        except RuntimeError:
            assert explorer.output is None
            continue
        explorer.grad_output = arriving
        np.testing.assert_allclose(explorer.output, output)
        np.testing.assert_allclose(explorer.input_gradient, gradient)
        explorer.close()


def test_an_image_given_by_its_size_has_the_same_entries_on_both_sides():
    explorer = ConvExplorer(12, 3)
    assert explorer.image.shape == (12, 12)
    assert explorer.image[3, 5] == filler(3, 5)
    formula = "((3 * row * row + 5 * column * column + 7 * row * column + 31 * row + 17 * column) % 11) % 6"
    assert formula in explorer._esm
    assert filler(3, 5) == eval(formula, {"row": 3, "column": 5})


def test_the_arithmetic_of_the_modules_passes_its_own_tests():
    node = shutil.which("node")
    assert node, "node is needed for the tests of the browser's arithmetic: install Node 20 or newer"
    done = subprocess.run(
        [node, "--test", str(HERE / "js" / "arithmetic.test.mjs")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
