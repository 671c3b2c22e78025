"""Bad input is refused with the value and the allowed range."""

import math

import pytest
import torch

from gradus.training import (
    check_batch_size,
    check_count,
    check_data,
    check_gamma,
    check_learning_rate,
    check_momentum,
    train,
)

X, Y = torch.zeros(4, 3), torch.tensor([0, 1, 2, 1])


@pytest.mark.parametrize("value", [0, -0.1, math.nan, math.inf, "0.1", None, True])
def test_a_learning_rate_that_is_not_a_finite_number_above_0_is_refused(value):
    with pytest.raises(ValueError, match="0 < learning_rate < inf") as error:
        check_learning_rate(value)
    assert repr(value) in str(error.value)


@pytest.mark.parametrize("value", [0, 1, -0.5, 1.5, math.nan])
def test_a_gamma_outside_0_to_1_is_refused(value):
    with pytest.raises(ValueError, match="0 < gamma < 1") as error:
        check_gamma(value)
    assert repr(value) in str(error.value)


@pytest.mark.parametrize("value", [0, -1, 5, 2.0, True])
def test_a_batch_size_outside_1_to_n_is_refused(value):
    with pytest.raises(ValueError, match="1 to 4") as error:
        check_batch_size(value, 4)
    assert repr(value) in str(error.value)


@pytest.mark.parametrize("value", [1, -0.1, math.nan])
def test_a_momentum_outside_0_to_1_is_refused(value):
    with pytest.raises(ValueError, match="0 <= momentum < 1"):
        check_momentum(value)


def test_a_count_below_1_is_refused():
    with pytest.raises(ValueError, match="passes = 0"):
        check_count("passes", 0)


def test_allowed_values_come_back_as_plain_numbers():
    got = [check_learning_rate(torch.tensor(0.5)), check_gamma(0.001), check_momentum(0), check_batch_size(4, 4)]
    assert got == [0.5, 0.001, 0.0, 4]
    assert [type(value) for value in got] == [float, float, float, int]


@pytest.mark.parametrize(
    ("images", "labels", "said"),
    [
        (X, Y[:3], "X has 4 examples and y has 3 labels"),
        (X[:0], Y[:0], "X has 0 examples"),
        (X, Y - 1, "label -1 is out of range: 0 to 2"),
        (X, Y + 1, "label 3 is out of range: 0 to 2"),
        (X, Y.float(), "torch.float32"),
        (X.clone().index_put((torch.tensor(2), torch.tensor(1)), torch.tensor(math.nan)), Y, "nan.*example 2"),
        (X.clone().index_put((torch.tensor(3), torch.tensor(1)), torch.tensor(-math.inf)), Y, "-inf.*example 3"),
    ],
)
def test_data_that_do_not_belong_together_are_refused(images, labels, said):
    with pytest.raises(ValueError, match=said):
        check_data(images, labels, 3)


def test_good_data_pass_and_large_finite_values_are_no_infinity():
    check_data(torch.full((4, 3), 3e38), Y, 3)


@pytest.mark.parametrize(
    "wrong", [{"learning_rate": 0}, {"batch_size": 61}, {"passes": 0}, {"momentum": 1}, {"y": torch.zeros(3).long()}]
)
def test_training_refuses_what_the_checks_refuse(points, wrong):
    settings = {"X": points[0], "y": points[1], "learning_rate": 0.1, "batch_size": 4, "passes": 1} | wrong
    with pytest.raises(ValueError):
        train(torch.nn.Linear(5, 2), settings.pop("X"), settings.pop("y"), **settings)
