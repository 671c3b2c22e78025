"""The judge of training loops: weights by order and shape, batches that were seen, a tolerance in a wide gap."""

import copy
import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.watched import small_network, watch
from gradus.weights import copy_weights, layer_shapes, read_weights, split_weights
from gradus_staff.answer_key import load_keys
from gradus_staff.answers import read_answer
from gradus_staff.judge import judge
from gradus_staff.key.mlp_ema_sgd_rules import RIGHT, TOLERANCES, known_batches, replay
from gradus_staff.secret import generator

SIZES = [3, 5, 4]
ANSWERS = Path(__file__).parents[1] / "answers" / "mlp_ema_sgd" / "right"


class Matrices(nn.Module):
    """Weights for x @ W, all before the biases, which have an axis more than they need."""

    def __init__(self):
        super().__init__()
        self.weights = nn.ParameterList([torch.zeros(3, 5), torch.zeros(5, 4)])
        self.biases = nn.ParameterList([torch.zeros(1, 5), torch.zeros(1, 4)])

    def forward(self, x):
        x = torch.tanh(x @ self.weights[0] + self.biases[0])
        return x @ self.weights[1] + self.biases[1]


def random_weights(sizes=SIZES):
    count = sum(torch.Size(shape).numel() for shape in layer_shapes(sizes))
    return torch.tensor(np.random.default_rng(1).normal(size=count))


def test_weights_find_their_places_by_shape_whatever_the_style():
    flat, x = random_weights(), torch.randn(6, 3, dtype=torch.float64)
    by_hand = Matrices()
    copy_weights(by_hand, split_weights(flat, SIZES))
    torch.testing.assert_close(by_hand(x), small_network(SIZES, flat)(x))


def test_what_is_read_is_what_was_copied():
    by_hand, weights = Matrices(), split_weights(random_weights(), SIZES)
    copy_weights(by_hand, weights)
    for read, weight in zip(read_weights(by_hand, SIZES), weights, strict=True):
        assert torch.equal(read, weight)


def test_equal_shapes_are_told_apart_by_their_order():
    layers = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    copy_weights(layers, split_weights(torch.arange(12.0), [2, 2, 2]))
    assert layers[0].weight.flatten().tolist() == [0, 1, 2, 3]
    assert layers[1].weight.flatten().tolist() == [6, 7, 8, 9]


def test_a_network_with_other_parameters_is_told_what_is_expected():
    with pytest.raises(ValueError, match=r"has 2 parameters; 4 are expected"):
        copy_weights(nn.Linear(3, 5), split_weights(random_weights(), SIZES))
    with pytest.raises(ValueError, match=r"parameter of shape \(5, 7\)"):
        copy_weights(nn.Sequential(nn.Linear(7, 5), nn.Linear(5, 4)), split_weights(random_weights(), SIZES))
    with pytest.raises(ValueError, match=r"5 numbers were given, but layers of sizes \[3, 5, 4\] hold 44"):
        split_weights(torch.zeros(5), SIZES)


def test_a_watched_network_notes_rows_when_gradients_are_on():
    X = torch.randn(8, 3, dtype=torch.float64)
    network = small_network(SIZES, random_weights())
    seen = watch(network, X)
    network(X[[5, 2, 5]])
    with torch.no_grad():
        network(X)
    network(torch.zeros(2, 3, dtype=torch.float64))
    weights = {name: p.detach() for name, p in network.named_parameters()}
    torch.func.functional_call(network, weights, (X[[1]],))
    torch.func.vmap(lambda x: network(x[None]))(X)
    assert seen == [[5, 2, 5], None, [1], None]


def passes(question, function):
    """The passes of the right answers that fill this question's cell, by the file's name."""
    for path in sorted(ANSWERS.glob("*.py")):
        cells = read_answer(path).cells
        if f"{question}-answer" in cells:
            space = {"torch": torch, "nn": nn, "copy": copy, "itertools": itertools, "cross_entropy": cross_entropy}
            exec(cells.get("B1-answer", ""), space)
            exec(cells[f"{question}-answer"], space)
            yield pytest.param(question, space[function], id=f"{question}-{path.stem}")


def replayed_cases(question, students=2):
    key = load_keys("mlp_ema_sgd")[question]
    for student in range(students):
        rng = generator(b"tolerance", "mlp_ema_sgd", question, f"student {student}")
        yield key, [case for case in key.cases(rng) if not case.how]


@pytest.mark.parametrize(("question", "answer"), [*passes("B1", "sgd_pass"), *passes("C1", "ema_sgd_pass")])
def test_right_answers_of_every_style_come_a_thousand_times_closer_than_the_tolerance(question, answer):
    for key, cases in replayed_cases(question):
        for case in cases:
            got, inputs = key.ask(answer, case), case.decoded_inputs()
            candidates = [replay(RIGHT, inputs), replay(RIGHT, inputs, known_batches(got))]
            distance = min(_distance(got, right) for right in candidates)
            precision = got["parameters"].dtype
            assert distance < {"float64": 1e-3, "float32": 0.1}[precision] * TOLERANCES[precision].relative


def _distance(got, right):
    return max(float((np.abs(got[part].values - right[part]) / (0.01 + np.abs(right[part]))).max()) for part in right)


@pytest.mark.parametrize("question", ["B1", "C1"])
def test_wrong_rules_are_a_thousand_tolerances_away(question):
    for key, cases in replayed_cases(question):
        for sentence, misconception in key.models().items():
            rule = misconception.model.__self__
            if rule.labels_apart:  # differs where it draws by itself, not on given batches
                continue
            gaps = []
            for case in cases:
                right, wrong = (replay(r, case.decoded_inputs()) for r in (RIGHT, rule))
                gaps += [float(np.abs(right[part] - wrong[part]).max()) for part in right]
            assert max(gaps) > 0.05 > 10 * TOLERANCES["float32"].relative, sentence


@pytest.mark.parametrize("question", ["A", "B1", "B2", "C1"])
def test_the_reference_answer_gets_full_points_from_every_student_s_cases(question, monkeypatch):
    monkeypatch.setenv("GRADUS_SCALE", "grading")
    key = load_keys("mlp_ema_sgd")[question]
    for student in range(3):
        cases = list(key.cases(generator(b"fair", "mlp_ema_sgd", question, f"student {student}")))
        verdict = judge(key, cases, [key.ask(key.answer, case) for case in cases], 10.0)
        assert verdict.points == 10, verdict


@pytest.mark.parametrize(("question", "name"), [("A", "weights"), ("B1", "weights"), ("B2", "seed"), ("C1", "weights")])
def test_two_students_get_different_inputs(question, name):
    key = load_keys("mlp_ema_sgd")[question]
    drawn = [key.cases(generator(b"fair", "mlp_ema_sgd", question, student)) for student in ("ann", "bob")]
    ann, bob = ([case.inputs[name] for case in cases if name in case.inputs] for cases in drawn)
    assert len(ann) == len(bob) > 1
    assert not any(np.array_equal(one, other) for one, other in zip(ann, bob, strict=True))
