"""What makes no sense is refused with the value and what is allowed, in the loaders and in the notebook's loops."""

import math

import pytest
import torch

from gradus.data import check_images, fashion_mnist
from gradus.questions.mlp_ema_sgd import check_pass
from gradus_staff.notebook_text import read_text

X, Y = torch.randn(16, 784), torch.arange(16) % 10


@pytest.fixture(scope="module")
def answers():
    """The names that the reference answers to A, B1 and C1 define."""
    space = {}
    exec("import itertools, torch\nfrom torch import nn\nfrom torch.nn.functional import cross_entropy", space)
    space["check_pass"] = check_pass
    for cell in read_text("mlp_ema_sgd").cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in ("A-answer", "B1-answer", "C1-answer"):
            exec(cell.source, space)
    return space


def run(answers, X=X, y=Y, learning_rate=0.01, gamma=0.001, batch_size=8):
    model, averaged = (answers["MLP"](784, [32, 16, 12], 10) for _ in range(2))
    rng = torch.Generator().manual_seed(0)
    answers["sgd_pass"](model, X, y, learning_rate, batch_size, rng)
    answers["ema_sgd_pass"](model, averaged, X, y, learning_rate, gamma, batch_size, rng)


def test_good_settings_run(answers):
    run(answers)


@pytest.mark.parametrize("rate", [0, 0.0, -0.1, math.nan, math.inf])
def test_a_learning_rate_that_is_no_positive_number(answers, rate):
    with pytest.raises(ValueError, match=rf"learning_rate = {rate} is not allowed: 0 < learning_rate < inf"):
        run(answers, learning_rate=rate)


@pytest.mark.parametrize("gamma", [0, 1, -0.5, 1.5, math.nan])
def test_a_gamma_outside_0_to_1(answers, gamma):
    with pytest.raises(ValueError, match=rf"gamma = {gamma} is not allowed: 0 < gamma < 1"):
        run(answers, gamma=gamma)


@pytest.mark.parametrize("size", [0, 17, 2.5])
def test_a_batch_that_is_larger_than_the_data_or_no_count(answers, size):
    with pytest.raises(ValueError, match=rf"batch_size = {size} is not allowed: with 16 examples, a whole number 1 to"):
        run(answers, batch_size=size)


@pytest.mark.parametrize("label", [-1, 10])
def test_a_label_out_of_range(answers, label):
    with pytest.raises(ValueError, match=rf"label {label} is out of range: 0 to 9 is allowed"):
        run(answers, y=torch.where(torch.arange(16) == 3, label, Y))


def test_images_without_their_labels(answers):
    with pytest.raises(ValueError, match="X has 16 examples and y has 15 labels"):
        run(answers, y=Y[:15])


def test_more_data_than_there_is():
    with pytest.raises(ValueError, match=r"n_train is 60001: it must be a whole number from 1 to 60000"):
        fashion_mnist(n_train=60_001)


def test_images_of_another_size():
    with pytest.raises(ValueError, match=r"images of shape \(27, 28\), 756 pixels: 784 are needed"):
        check_images(torch.zeros(4, 27, 28), torch.zeros(4, dtype=torch.int64))
