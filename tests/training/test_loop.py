"""Training one model: the updates are SGD's, the log is taken after every pass, divergence is said."""

import copy

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.training import Log, draw_pass, evaluate, has_diverged, train

QUIET = {"choose_threads": False, "progress": False}


def _sgd_by_hand(model, X, y, learning_rate, batch_size, rng, momentum=0.0, passes=1):
    weights = list(model.parameters())
    velocity = [torch.zeros_like(w) for w in weights]
    for _ in range(passes):
        for batch in draw_pass(len(X), batch_size, rng):
            gradients = torch.autograd.grad(cross_entropy(model(X[batch]), y[batch]), weights)
            with torch.no_grad():
                for w, v, g in zip(weights, velocity, gradients, strict=True):
                    v.mul_(momentum).add_(g)
                    w -= learning_rate * v


@pytest.mark.parametrize("momentum", [0.0, 0.8])
def test_training_is_sgd_with_momentum_on_the_seeds_batches(points, momentum):
    X, y = points[0].double(), points[1]
    model = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 2)).double()
    by_hand = copy.deepcopy(model)
    train(model, X, y, learning_rate=0.1, batch_size=7, passes=3, seed=4, momentum=momentum, **QUIET)
    _sgd_by_hand(by_hand, X, y, 0.1, 7, torch.Generator().manual_seed(4), momentum, passes=3)
    for ours, theirs in zip(model.parameters(), by_hand.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-10, atol=1e-12)


def test_training_learns_and_logs_after_every_pass(points):
    model, log = nn.Linear(5, 2), Log()
    run = train(
        model,
        *points,
        learning_rate=0.1,
        batch_size=2,
        passes=3,
        measure=lambda m: {"train loss": evaluate(m, *points).loss},
        name="linear",
        log=log,
        **QUIET,
    )
    moments, losses = log.curve("linear", "train loss")
    assert moments == [1, 2, 3] and losses[-1] == evaluate(model, *points).loss < 0.3
    assert len(run.pass_seconds) == 3 and run.diverged_at is None and "3 passes" in run.message


def test_a_students_own_pass_can_be_used_and_has_the_seeds_generator(points):
    one, other = nn.Linear(5, 2), nn.Linear(5, 2)
    other.load_state_dict(one.state_dict())
    train(one, *points, learning_rate=0.1, batch_size=4, passes=2, seed=9, one_pass=_sgd_by_hand, **QUIET)
    train(other, *points, learning_rate=0.1, batch_size=4, passes=2, seed=9, **QUIET)
    torch.testing.assert_close(one.weight, other.weight)


def test_a_measurement_that_leaves_eval_mode_does_not_change_the_training(points):
    model = nn.Sequential(nn.Linear(5, 2), nn.BatchNorm1d(2))
    train(model, *points, learning_rate=0.1, batch_size=30, passes=2, measure=lambda m: m.eval() and {}, **QUIET)
    assert model[1].num_batches_tracked == 4


def test_a_training_that_diverges_stops_and_says_at_which_pass(points, capsys):
    def explode(model, X, y, learning_rate, batch_size, rng):
        calls.append(1)
        if len(calls) == 2:
            nn.init.constant_(model.bias, float("inf"))

    calls = []
    run = train(
        nn.Linear(5, 2), *points, learning_rate=0.1, batch_size=4, passes=5, one_pass=explode, name="mlp", **QUIET
    )
    assert run.diverged_at == 2 and len(calls) == 2
    assert "mlp diverged at pass 2" in capsys.readouterr().out


def test_a_huge_learning_rate_is_seen_to_diverge(points, capsys):
    model = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))
    run = train(model, *points, learning_rate=1e30, batch_size=4, passes=3, **QUIET)
    assert run.diverged_at == 1 and "diverged at pass 1" in capsys.readouterr().out


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_divergence_is_a_loss_or_a_weight_that_is_not_finite(bad):
    model = nn.Linear(2, 2)
    assert not has_diverged(model, 1e30)
    assert has_diverged(model, bad) and has_diverged(model, torch.tensor(bad))
    with torch.no_grad():
        model.weight[0, 0] = bad
    assert has_diverged(model)
