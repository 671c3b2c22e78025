"""The table of adjoints: exact, close, or off, and a guess that is the mistake carried out."""

import numpy as np
import pytest
import torch

from gradus.adjoints import compare_adjoints, guess_mistake
from gradus.tape import Tensor, compare_with_torch, rules
from gradus.tape.lesson import exact_adjoints, network_values, show_adjoints
from gradus_staff.key.autodiff_engine import REFERENCE, rules_with, wrong_gradients
from gradus_staff.key.autodiff_models import adjoints, wrong_adjoints

EXACT = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0], [2.0, 2.5, -3.0]])


@pytest.mark.parametrize(
    ("mine", "status", "words"),
    [
        (EXACT, "exact", "exact"),
        (EXACT + 1e-12, "close", "close"),
        (EXACT + 0.5, "off", "off by 0.5"),
        (EXACT[:2], "off", "off: another shape"),
        (None, "missing", "missing"),
        (torch.tensor(EXACT, requires_grad=True), "exact", "exact"),
        (Tensor(EXACT), "exact", "exact"),
    ],
)
def test_an_adjoint_is_exact_close_off_or_missing(mine, status, words):
    row = compare_adjoints({"v": mine}, {"v": EXACT})["v"]
    assert (row.status, row.words) == (status, words)


@pytest.mark.parametrize(
    ("mine", "guess"),
    [
        (-EXACT, "The sign is turned round."),
        (EXACT.T, "This is the transpose of the right one."),
        (0 * EXACT, "All zeros"),
        (EXACT / 0.4, "The factor 2/d is missing."),
        (EXACT * 0.4, "The factor 2/d is there twice."),
        (-EXACT / 0.4, "The factor 2/d is missing, and the sign is turned round."),
        (3 * EXACT, "Every entry is 3 times the right one."),
        (EXACT - 1, "Only what comes through v5 is there."),
        (EXACT * np.nan, "Some entries are infinite or not a number."),
        (EXACT[:, :2].T, "The shape is (2, 3); an adjoint has the shape of its node, (3, 3)."),
        (EXACT + EXACT.T, ""),
    ],
)
def test_the_guess_is_the_mistake_that_gives_these_numbers(mine, guess):
    found = guess_mistake(mine, EXACT, {"through v5": EXACT - 1}, {"2/d": 0.4})
    assert found.startswith(guess)
    assert bool(found) == bool(guess)


def test_a_gradient_that_is_not_summed_over_the_batch_is_recognised():
    whole = np.random.default_rng(0).normal(size=(5, 2, 3))
    assert "not summed over the axes" in guess_mistake(whole, whole.sum(0))


def test_the_right_adjoints_of_the_network_are_right_in_every_row():
    assert show_adjoints(adjoints, k=3, d=4).is_right


@pytest.mark.parametrize(
    ("mistake", "row", "guess"),
    [
        ("The path straight from v6", "v4", "Only what comes through v5 is there."),
        ("The path through v5", "v4", "Only what comes straight from v6 is there."),
        ("The factor 2/d is missing", "v6", "The factor 2/d is missing."),
        ("The mean is over d", "v6", "The factor 1/d is missing."),
        ("The sign of the adjoint of v3", "v3", "The sign is turned round."),
        ("The adjoint of v2 is transposed", "v2", "The shape is (3, 2)"),
    ],
)
def test_the_table_guesses_the_mistakes_of_question_2b(mistake, row, guess):
    model = next(model for sentence, model in wrong_adjoints.items() if sentence.startswith(mistake))
    found = show_adjoints(model, k=2, d=3)[row]
    assert (found.status, found.guess.startswith(guess)) == ("off", True), found


def test_the_exact_adjoints_are_those_of_a_loss_that_is_differentiated_by_hand():
    x, W, y = [[1.0, 2.0]], [[0.5], [0.25]], [[1.0]]
    v6 = network_values(x, W, y)[5].item()
    assert exact_adjoints(x, W, y)["v6"].item() == pytest.approx(2 * (v6 - 1.0))


def _loss():
    rng = np.random.default_rng(0)
    X = Tensor(rng.normal(size=(2, 3, 4)), name="X")
    W = Tensor(rng.normal(size=(4, 5)), name="W")
    return ((X @ W + Tensor(rng.normal(size=5), name="b")).relu() ** 3).sum().named("loss")


def test_the_reference_rules_agree_with_torch_at_every_node():
    with rules.replaced_by(REFERENCE):
        assert compare_with_torch(_loss()).is_right


def test_a_wrong_rule_shows_at_the_node_below_it_and_not_above():
    sentence = "MatMul: the gradient of the batch is averaged over the axes that were broadcast; it adds up."
    with rules.replaced_by(wrong_gradients("3A-matmul")[sentence]):
        table = compare_with_torch(_loss())
    assert [row.name for row in table if row.status == "off"] == ["W"]
    assert table["W"].guess.startswith("Every entry is 0.5 times")


def test_the_table_shows_itself_in_html_with_names_escaped():
    html = compare_adjoints({"<v>": EXACT}, {"<v>": EXACT + 1})._repr_html_()
    assert "&lt;v&gt;" in html
    assert "off by 1" in html


def test_second_derivatives_of_the_reference_rules_agree_with_torch():
    """Differentiate the squared length of a gradient: every rule that curves is used twice."""
    from gradus.tape import grad

    rng = np.random.default_rng(3)
    a, b = rng.uniform(0.5, 1.5, (2, 3)), rng.uniform(0.5, 1.5, (3, 2))

    def loss(a, b, log, exp):
        return (exp(log(a @ b) * 0.5) ** 3).sum() + (a * a * a).sum()

    with rules.replaced_by(REFERENCE):
        ta, tb = Tensor(a), Tensor(b)
        first = grad(loss(ta, tb, Tensor.log, Tensor.exp), ta)
        mine = grad((first * first).sum(), [ta, tb])
    xa, xb = torch.tensor(a, requires_grad=True), torch.tensor(b, requires_grad=True)
    (slope,) = torch.autograd.grad(loss(xa, xb, torch.log, torch.exp), xa, create_graph=True)
    right = torch.autograd.grad((slope * slope).sum(), [xa, xb])
    for one, other in zip(mine, right, strict=True):
        np.testing.assert_allclose(one.values, other.numpy(), rtol=1e-10)


def test_a_rule_that_ignores_out_grad_passes_with_ones_and_fails_with_anything_else():
    """The positive control for random upstream gradients: with ones alone the mistake would not be seen."""
    from gradus.tape import Log, grad

    with rules.replaced_by(rules_with(Log, lambda op, out_grad, node: node.inputs[0] ** -1)):
        x = Tensor([2.0, 4.0])
        assert grad(x.log(), x, np.ones(2)).values.tolist() == [0.5, 0.25]
        assert grad(x.log(), x, np.array([3.0, -1.0])).values.tolist() != [1.5, -0.25]
