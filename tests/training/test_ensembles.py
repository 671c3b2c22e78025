"""Models trained together are the models trained one by one."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional

from gradus.ensembles import EnsembleResult, TrainedModel, train_ensemble, train_one
from gradus.training import signals


class TextCNN(nn.Module):
    def __init__(self, stride=1, pool_stride=1):
        super().__init__()
        length = (95 // stride) // pool_stride + 1
        self.convolution = nn.Conv1d(1, 64, 3, padding=1, stride=stride)
        self.pool = nn.MaxPool1d(3, padding=1, stride=pool_stride)
        self.linear = nn.Linear(64 * length, 6)

    def forward(self, x):
        return self.linear(self.pool(functional.relu(self.convolution(x.unsqueeze(1)))).flatten(1))


class WordCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(30, 8)
        self.convolution = nn.Conv1d(8, 5, 3, padding=1)
        self.linear = nn.Linear(5, 6)

    def forward(self, words):
        return self.linear(self.convolution(self.embedding(words).transpose(1, 2)).relu().amax(2))


def _mlp():
    return nn.Sequential(nn.Linear(96, 8), nn.ReLU(), nn.Linear(8, 6))


def _normed():
    return nn.Sequential(nn.Linear(96, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 6))


KINDS = {
    "text, stride 1": (TextCNN, 96),
    "text, stride 5": (lambda: TextCNN(5, 5), 96),
    "text, stride 100": (lambda: TextCNN(100), 96),
    "mlp": (_mlp, 96),
    "batch norm": (_normed, 96),
    "words": (WordCNN, None),
}


def _data(width, n=96):
    rng = torch.Generator().manual_seed(1)
    X = torch.randint(30, (n, 12), generator=rng) if width is None else torch.randn(n, width, generator=rng).double()
    return X, torch.randint(6, (n,), generator=rng)


@pytest.mark.parametrize("kind", KINDS)
def test_models_trained_together_are_those_trained_one_by_one(kind):
    make, width = KINDS[kind]
    X, y = _data(width)
    settings = {"epochs": 3, "learning_rate": 0.05, "test": (X, y), "progress": False}
    ten = train_ensemble(lambda: make().double(), X, y, range(3, 6), **settings)
    assert ten.trained_together, ten.why_not
    for together, seed in zip(ten, range(3, 6), strict=True):
        alone = train_one(lambda: make().double(), X, y, seed, **settings)
        assert together.seed == seed
        assert together.losses == pytest.approx(alone.losses, rel=1e-9)
        assert together.accuracy == alone.accuracy
        for name, value in alone.model.state_dict().items():
            torch.testing.assert_close(together.model.state_dict()[name], value, rtol=1e-8, atol=1e-10, msg=name)


def test_in_single_precision_they_agree_within_rounding():
    X, y = _data(96)
    ten = train_ensemble(TextCNN, X.float(), y, range(2), epochs=1, progress=False)
    for seed in range(2):
        alone = train_one(TextCNN, X.float(), y, seed, epochs=1, progress=False)
        torch.testing.assert_close(ten[seed].model.linear.weight, alone.model.linear.weight, rtol=1e-3, atol=1e-4)


def test_seeds_give_different_models_and_batches_and_leave_the_global_random_numbers_alone():
    X, y = _data(96)
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    first, second = train_ensemble(lambda: _mlp().double(), X, y, [0, 1], epochs=1, progress=False)
    assert torch.equal(torch.rand(1), expected)
    assert not torch.allclose(first.model[0].weight, second.model[0].weight)


class Explosive(nn.Module):
    """Learns as a linear model; the model that was made third has a weight that becomes infinite."""

    def __init__(self, made):
        super().__init__()
        self.linear = nn.Linear(96, 6)
        made.append(1)
        self.scale = nn.Parameter(torch.tensor(1e37 if len(made) == 3 else 0.0))

    def forward(self, x):
        return self.linear(x) + (self.scale * 100).relu() * x[:, :6]


def _explosive_ensemble():
    X, y = _data(96)
    made = []
    return train_ensemble(
        lambda: Explosive(made), X.float(), y, range(4), epochs=3, test=(X.float(), y), progress=False
    )


def test_a_model_that_diverges_is_named_stopped_and_never_averaged_in(capsys):
    result = _explosive_ensemble()
    assert "model 2 diverged at epoch 1" in capsys.readouterr().out
    assert result.diverged == {2: 1}
    assert [len(member.losses) for member in result] == [3, 3, 1, 3]
    assert math.isnan(result.accuracies[2]) and result.mean_accuracy.counted == 3
    others = [result.accuracies[i] for i in (0, 1, 3)]
    assert float(result.mean_accuracy) == pytest.approx(sum(others) / 3)
    assert "over 3 models; 1 of 4 left out (model 2 diverged at epoch 1)" in str(result.mean_accuracy)


def test_the_others_learn_on_as_if_the_diverged_model_had_not_been_there():
    result = _explosive_ensemble()
    X, y = _data(96)
    alone = train_one(lambda: Explosive([]), X.float(), y, 3, epochs=3, progress=False)
    torch.testing.assert_close(result[3].model.linear.weight, alone.model.linear.weight, rtol=1e-4, atol=1e-5)


def test_one_model_alone_says_that_it_diverged(capsys):
    X, y = _data(96)
    alone = train_one(lambda: Explosive([1, 1]), X.float(), y, 5, epochs=3, test=(X.float(), y), progress=False)
    assert alone.diverged_at == 1 and math.isnan(alone.accuracy)
    assert "model with seed 5 diverged at epoch 1" in capsys.readouterr().out


def test_where_every_model_diverged_there_is_no_mean():
    lost = EnsembleResult([TrainedModel(nn.Linear(1, 1), s, [math.nan], 1, math.nan) for s in range(2)])
    assert math.isnan(float(lost.mean_accuracy)) and lost.mean_accuracy.left_out == 2


def test_an_accuracy_that_was_not_measured_is_not_invented():
    with pytest.raises(ValueError, match="test="):
        _ = EnsembleResult([TrainedModel(nn.Linear(1, 1), 0, [0.1])]).accuracies


class Unstackable(nn.Module):
    """Reads a value in the middle, which torch.func does not allow."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(96, 6)

    def forward(self, x):
        return self.linear(x) if x.sum().item() > -1e9 else x


class Forgetful(nn.Module):
    """Has a weight that is not registered as a parameter, so that torch.func does not see it."""

    def __init__(self):
        super().__init__()
        self.linear, self.shift = nn.Linear(96, 6), [torch.randn(6)]

    def forward(self, x):
        return self.linear(x) + self.shift[0]


@pytest.mark.parametrize("kind", [Unstackable, Forgetful])
def test_models_that_cannot_be_stacked_are_trained_one_by_one_and_the_result_says_why(kind):
    X, y = _data(96)
    result = train_ensemble(kind, X.float(), y, range(2), epochs=1, progress=False)
    assert not result.trained_together and result.why_not
    alone = train_one(kind, X.float(), y, 1, epochs=1, progress=False)
    assert torch.equal(result[1].model.linear.weight, alone.model.linear.weight)


def test_a_broken_model_raises_its_own_error():
    X, y = _data(96)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        train_ensemble(lambda: nn.Linear(95, 6), X.float(), y, range(2), epochs=1, progress=False)


def test_bad_settings_are_refused_by_both():
    X, y = _data(96)
    for run in (train_one, lambda *a, **k: train_ensemble(a[0], a[1], a[2], **k)):
        for wrong in ({"learning_rate": 0}, {"momentum": 1}, {"epochs": 0}, {"batch_size": 97}):
            with pytest.raises(ValueError, match=next(iter(wrong))):
                run(_mlp, X, y, **wrong)


@given(
    length=st.integers(1, 14),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 5),
    padding=st.integers(0, 2),
    repeats=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_quick_pooling_is_pytorchs_pooling_with_its_gradient_also_in_ties(length, kernel, stride, padding, repeats):
    padding = min(padding, kernel // 2)
    if length + 2 * padding < kernel:
        return
    rng = torch.Generator().manual_seed(length * 100 + kernel)
    x = torch.randn(70, 3, length, generator=rng).double()
    x = x.sign().requires_grad_() if repeats else x.requires_grad_()
    expected = functional.max_pool1d(x, kernel, stride, padding)
    got = signals._MaxPool1d.apply(x, kernel, stride, padding)
    weights = torch.randn(expected.shape, generator=rng).double()
    torch.testing.assert_close(got, expected)
    (a,), (b,) = (torch.autograd.grad((pooled * weights).sum(), x) for pooled in (got, expected))
    torch.testing.assert_close(a, b)


@given(
    length=st.integers(1, 12),
    channels=st.integers(1, 3),
    kernel=st.integers(1, 3),
    stride=st.integers(1, 20),
    padding=st.integers(0, 2),
    dilation=st.integers(1, 2),
    with_bias=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_quick_convolution_is_pytorchs_with_its_gradients(
    length, channels, kernel, stride, padding, dilation, with_bias
):
    if length + 2 * padding < dilation * (kernel - 1) + 1:
        return
    rng = torch.Generator().manual_seed(length)
    x, weight, bias = (
        torch.randn(shape, generator=rng).double().requires_grad_()
        for shape in ((4, channels, length), (5, channels, kernel), (5,))
    )
    bias = bias if with_bias else None
    arguments = (x, weight, bias, stride, padding, dilation)
    expected, got = functional.conv1d(*arguments), signals.conv1d(*arguments)
    torch.testing.assert_close(got, expected)
    inputs = [t for t in (x, weight, bias) if t is not None]
    for a, b in zip(*(torch.autograd.grad((o**2).sum(), inputs) for o in (got, expected)), strict=True):
        torch.testing.assert_close(a, b)
