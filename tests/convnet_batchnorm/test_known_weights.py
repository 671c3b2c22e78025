"""The same layers, differently written, get the same numbers."""

import torch
from torch import nn

from gradus.known_weights import fill, images, scores_of


class _Functional(nn.Module):
    """A convolution, BatchNorm and a linear layer without a single module, made in another order."""

    def __init__(self):
        super().__init__()
        self.b = nn.Parameter(torch.zeros(3))
        self.gamma, self.beta = nn.Parameter(torch.ones(3)), nn.Parameter(torch.zeros(3))
        self.V, self.c = nn.Parameter(torch.randn(2, 12)), nn.Parameter(torch.zeros(2))
        self.W = nn.Parameter(torch.randn(3, 1, 3, 3))
        self.register_buffer("mean", torch.zeros(3))
        self.register_buffer("var", torch.ones(3))

    def forward(self, x):
        x = nn.functional.conv2d(x, self.W, self.b)
        x = nn.functional.batch_norm(x, self.mean, self.var, self.gamma, self.beta, self.training, 0.1)
        return x.flatten(1) @ self.V.T + self.c


def _modules():
    return nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(12, 2))


def test_modules_and_plain_parameters_become_the_same_network():
    x = images(1, 5, (1, 4, 4))
    one, other = _modules().eval(), _Functional().eval()
    fill(one, 3, with_norms=True)
    fill(other, 3, with_norms=True)
    torch.testing.assert_close(one(x), other(x))


def test_another_seed_gives_other_numbers():
    one, other = _modules(), _modules()
    fill(one, 3)
    fill(other, 4)
    assert all(not torch.equal(p, q) for p, q in zip(one.parameters(), other.parameters(), strict=True))


def test_ones_are_a_bias_where_nothing_is_to_be_normalised():
    one, other = nn.Linear(4, 3), nn.Linear(4, 3)
    nn.init.ones_(other.bias)
    fill(one, 3)
    fill(other, 3)
    assert torch.equal(one.bias, other.bias)


def test_a_network_that_takes_images_only_is_shown_images():
    model = nn.Sequential(nn.Conv2d(1, 1, 28), nn.Flatten())
    assert scores_of(model, images(1, 2)).shape == (2, 1)
