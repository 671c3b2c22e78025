"""Batches, evaluation, the full gradient, logs, times and threads."""

import random
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.training import (
    Log,
    batches,
    best_threads,
    draw_pass,
    evaluate,
    fair_times,
    fastest_thread_count,
    full_gradient,
    progress_bar,
    seed_everything,
    updates_per_pass,
)


@given(n=st.integers(1, 300), data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_pass_has_round_n_over_b_batches_of_indices_below_n(n, data):
    b = data.draw(st.integers(1, n))
    plan = draw_pass(n, b, 3)
    assert plan.shape == (max(1, round(n / b)), b) == (updates_per_pass(n, b), b)
    assert plan.min() >= 0 and plan.max() < n
    assert torch.equal(plan, torch.stack(list(batches(n, b, 3))))
    assert torch.equal(torch.cat(list(batches(n, b, 3, replacement=False))).sort().values, torch.arange(n))


def test_batches_are_drawn_with_replacement_and_differ_from_pass_to_pass_of_one_generator():
    rng = torch.Generator().manual_seed(0)
    first, second = draw_pass(100, 10, rng), draw_pass(100, 10, rng)
    assert not torch.equal(first, second)
    assert len(first.unique()) < 100
    assert torch.equal(first, draw_pass(100, 10, 0))


def test_one_seed_sets_the_random_numbers_of_python_numpy_and_torch():
    def draw():
        return random.random(), np.random.rand(), torch.rand(1).item()

    seed_everything(7)
    first = draw()
    seed_everything(7)
    assert draw() == first
    seed_everything(8)
    assert not any(a == b for a, b in zip(draw(), first, strict=True))


@given(n=st.integers(1, 25), chunk=st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_evaluation_counts_every_example_once_whatever_the_chunks(n, chunk):
    rng = torch.Generator().manual_seed(n)
    model, X, y = nn.Linear(3, 4), torch.randn(n, 3, generator=rng), torch.randint(4, (n,), generator=rng)
    loss, accuracy = evaluate(model, X, y, chunk)
    with torch.no_grad():
        assert loss == pytest.approx(cross_entropy(model(X), y).item(), rel=1e-5)
        assert accuracy == pytest.approx((model(X).argmax(1) == y).float().mean().item())


def test_evaluation_leaves_every_part_of_the_model_in_its_mode_and_its_statistics_alone():
    model = nn.Sequential(nn.BatchNorm1d(3), nn.Dropout(), nn.Linear(3, 2)).train()
    model[1].eval()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    evaluate(model, torch.randn(5, 3), torch.tensor([0, 1, 0, 1, 0]))
    assert [part.training for part in model.modules()] == [True, True, False, True]
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_a_model_of_nan_has_no_accuracy_although_argmax_says_class_0():
    model = nn.Linear(2, 3)
    nn.init.constant_(model.weight, float("nan"))
    assert np.isnan(evaluate(model, torch.ones(4, 2), torch.zeros(4).long())).all()


def test_a_label_that_the_model_has_no_score_for_is_refused():
    with pytest.raises(ValueError, match="label 3 is out of range: 0 to 2"):
        evaluate(nn.Linear(2, 3), torch.ones(1, 2), torch.tensor([3]))


def _conv_net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(3 * 16, 4)).double()


@pytest.mark.parametrize("chunk", [1, 4, 7, 11, 100])
def test_the_full_gradient_does_not_depend_on_the_chunks(chunk):
    model, X, y = _conv_net(), torch.randn(11, 1, 6, 6).double(), torch.arange(11) % 4
    got = full_gradient(model, X, y, chunk)
    model.eval()
    parts = torch.autograd.grad(cross_entropy(model(X), y), list(model.parameters()))
    torch.testing.assert_close(got, torch.cat([g.flatten() for g in parts]), rtol=1e-10, atol=1e-12)


def test_the_full_gradient_leaves_weights_gradients_buffers_and_mode_as_they_were():
    model, X, y = _conv_net(), torch.randn(5, 1, 6, 6).double(), torch.arange(5) % 4
    model[0].weight.requires_grad_(False)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with torch.no_grad():
        assert full_gradient(model, X, y).shape == (sum(p.numel() for p in model.parameters()),)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert model.training and all(p.grad is None for p in model.parameters())
    assert [p.requires_grad for p in model.parameters()] == [False] + [True] * 5


def test_an_unused_parameter_has_gradient_0():
    model = nn.Linear(2, 2)
    model.unused = nn.Parameter(torch.ones(3))
    gradient = full_gradient(model, torch.randn(4, 2), torch.tensor([0, 1, 0, 1]))
    assert gradient.shape == (9,)
    assert (gradient == 0).sum() == 3


def test_a_log_gives_back_curves_and_skips_the_first_moments():
    log = Log()
    for k in (1, 2, 3):
        log.record(k, "plain", {"train loss": 1 / k, "train accuracy": k / 3})
    assert log.curve("plain", "train loss", skip=1) == ([2, 3], [1 / 2, 1 / 3])
    assert log.last("plain") == {"train loss": 1 / 3, "train accuracy": 1.0}


def test_a_log_whose_models_were_taken_at_different_moments_says_so():
    log = Log()
    for k in (1, 2):
        log.record(k, "plain", {"train loss": 1.0})
        log.record(k - 1, "averaged", {"train loss": 1.0})
    with pytest.raises(ValueError, match=r"different moments.*'plain' at pass 1, 2, 'averaged' at pass 0, 1"):
        _ = log.moments


def test_a_log_refuses_a_moment_twice_and_values_of_other_names():
    log = Log()
    log.record(1, "plain", {"train loss": 1.0})
    with pytest.raises(ValueError, match="1 must be later"):
        log.record(1, "plain", {"train loss": 1.0})
    with pytest.raises(ValueError, match="test loss"):
        log.record(2, "plain", {"test loss": 1.0})


def test_measuring_records_every_model_on_every_data_set_at_one_moment(points):
    log, a, b = Log(), nn.Linear(5, 2), nn.Linear(5, 2)
    log.measure(3, {"a": a, "b": b}, {"train": points, "test": (points[0][:7], points[1][:7])})
    assert log.moments == [3] and log.models == ["a", "b"] and log.seconds > 0
    assert log.last("b")["test accuracy"] == evaluate(b, points[0][:7], points[1][:7]).accuracy
    assert log.names == ["train loss", "train accuracy", "test loss", "test accuracy"]


def test_contestants_take_turns_and_neither_warm_up_nor_logging_is_timed():
    calls, now = [], [0.0]

    def runs(name, seconds):
        def one_pass():
            first = name not in calls
            calls.append(name)
            now[0] += 100 if first else seconds

        return one_pass

    def log(name, k):
        now[0] += 1000

    times = fair_times({"a": runs("a", 1), "b": runs("b", 2)}, passes=3, after_pass=log, clock=lambda: now[0])
    assert (times["a"].seconds, times["b"].seconds) == ((1, 1, 1), (2, 2, 2))
    assert (times["b"].mean, times["b"].median) == (2, 2)
    assert "".join(calls) == "baabbaab"


def test_the_faster_number_of_threads_is_chosen_remembered_and_set_only_within():
    asked = []

    def slower_with_two():
        asked.append(torch.get_num_threads())
        time.sleep(0.001 if asked[-1] == 1 else 0.02)

    assert fastest_thread_count(slower_with_two, "slower", [1, 2]) == 1
    assert set(asked) == {1, 2} and torch.get_num_threads() == 1
    asked.clear()
    assert fastest_thread_count(slower_with_two, "slower", [1, 2]) == 1 and asked == []
    assert fastest_thread_count(lambda: time.sleep(0.02 / torch.get_num_threads() ** 2), None, [1, 2]) == 2


def test_choosing_threads_changes_neither_the_model_nor_the_random_numbers(points):
    model = nn.Sequential(nn.Linear(5, 3), nn.Dropout(), nn.Linear(3, 2))
    before = [p.detach().clone() for p in model.parameters()]
    torch.manual_seed(1)
    expected = torch.rand(1)
    torch.manual_seed(1)
    with best_threads(model, *points) as n:
        assert torch.get_num_threads() == n
    assert torch.equal(torch.rand(1), expected) and torch.get_num_threads() == 1
    assert all(torch.equal(p, b) and p.grad is None for p, b in zip(model.parameters(), before, strict=True))


def test_a_progress_bar_is_silent_when_unwanted_or_grading_and_never_writes_to_stderr(capsys, monkeypatch):
    monkeypatch.delenv("GRADUS_SCALE", raising=False)
    assert list(progress_bar(range(2), "passes")) == [0, 1]
    shown = capsys.readouterr()
    assert "passes" in shown.out and shown.err == ""
    list(progress_bar(range(2), "passes", False))
    monkeypatch.setenv("GRADUS_SCALE", "grading")
    list(progress_bar(range(2), "passes"))
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")
