"""BatchNorm's two modes, as the notebook shows them."""

import copy

import pytest
import torch
from torch import nn

from gradus.batchnorm import chunk_picture, in_both_modes, in_train_mode, running_average_picture
from gradus.questions.convnet_batchnorm import Quadratic, measured_network
from gradus.training import full_gradient


def _net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Linear(5, 3))


def test_eval_is_not_heard_within_and_nothing_is_left_behind():
    model, X = _net().eval(), torch.randn(6, 4)
    before = copy.deepcopy(model.state_dict())
    with in_train_mode(model):
        model.eval()
        assert model.training and copy.deepcopy(model).eval().training
        model(X)
    assert not any(part.training for part in model.modules())
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    assert not model.train().eval().training


def test_the_modes_come_back_after_an_error():
    model = _net().eval()
    with pytest.raises(RuntimeError), in_train_mode(model):
        model(torch.randn(6, 3))
    assert not model.training and not model.train().eval().training


def test_both_modes_are_measured_whatever_the_measurement_says():
    model, X = _net(), torch.randn(6, 4)
    found = in_both_modes(model, lambda model: model.eval()(X).detach())
    assert model.training and not torch.allclose(found["eval mode"], found["train mode"])
    torch.testing.assert_close(found["eval mode"], model.eval()(X))


def test_chunks_are_exact_in_eval_mode_and_not_in_train_mode():
    model, X, y = _net(), torch.randn(32, 4), torch.randint(3, (32,))
    lines = {line.get_label(): line.get_ydata() for line in chunk_picture(model, X, y, [4, 16]).axes[0].get_lines()}
    assert max(lines["eval mode"]) < 1e-5 and min(lines["train mode"]) > 1e-2


def test_a_chunk_of_nothing_is_refused():
    with pytest.raises(ValueError, match="chunk = 0"):
        chunk_picture(_net(), torch.randn(8, 4), torch.zeros(8, dtype=torch.int64), [0])


def test_the_running_mean_follows_pytorchs_convention():
    X = torch.rand(40, 784)
    slow, fast = running_average_picture(X, batches=40).axes[0].get_lines()[1:]
    mean = float(X.mean())
    assert slow.get_ydata()[1] == pytest.approx(0.1 * mean, rel=0.1)
    assert fast.get_ydata()[1] == pytest.approx(0.9 * mean, rel=0.1)


def test_the_quadratic_has_the_loss_that_it_says():
    model, X = Quadratic([1.0, -2.0]), torch.tensor([[2.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    gradient = full_gradient(model, X, torch.tensor([0, 0]))
    H = X.T @ X / 2
    torch.testing.assert_close(gradient, H @ model.w.detach())
    w = model.w.detach()
    for scale in (1.0, 100.0):  # far out, where the exponential of the loss would overflow
        loss = nn.functional.cross_entropy(Quadratic(scale * w.numpy())(X), torch.tensor([0, 0]))
        assert loss.item() == pytest.approx(1 + scale**2 * float(w @ H @ w) / 2)


@pytest.mark.parametrize("kind", ["mlp", "mlp with BatchNorm", "convnet", "convnet with BatchNorm"])
def test_the_modes_of_a_measured_network_differ_just_where_it_normalises(kind):
    model, X, y = measured_network(kind, 5, 12)
    in_eval = full_gradient(model, X, y)
    loss = nn.functional.cross_entropy(model.train()(X), y)
    in_train = torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(model.parameters()))])
    differ = float((in_train - in_eval).norm() / in_eval.norm())
    assert (differ > 0.1) == kind.endswith("BatchNorm")
