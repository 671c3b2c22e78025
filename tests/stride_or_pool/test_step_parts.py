"""A training step, taken apart."""

import pytest
import torch
from torch import nn

from gradus.questions.stride_or_pool import Machine
from gradus.step_parts import _part, step_parts, step_parts_picture


def _nets():
    pooled = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(27, 2))
    strided = nn.Sequential(nn.Conv2d(1, 3, 3, 2), nn.ReLU(), nn.Flatten(), nn.Linear(27, 2))
    return {"pooled": pooled, "strided": strided}


def test_the_parts_are_those_that_the_networks_have():
    nets = _nets()
    before = [p.clone() for net in nets.values() for p in net.parameters()]
    parts = step_parts(nets, torch.randn(4, 1, 8, 8), torch.tensor([0, 1, 0, 1]), steps=3)
    assert set(parts["pooled"]) == {"convolution 1 → 3", "ReLU", "max pooling", "linear layer", "everything else"}
    assert set(parts["strided"]) == set(parts["pooled"]) - {"max pooling"}
    assert all(ms > 0 for one in parts.values() for ms in one.values())
    after = [p for net in nets.values() for p in net.parameters()]
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))


def test_the_same_operations_in_another_style_are_the_same_parts():
    class Functional(nn.Module):
        def __init__(self):
            super().__init__()
            self.W, self.V = nn.Parameter(torch.randn(3, 1, 3, 3)), nn.Parameter(torch.randn(27, 2))

        def forward(self, x):
            x = nn.functional.max_pool2d(nn.functional.conv2d(x, self.W).clamp(min=0), 2)
            return x.flatten(1) @ self.V

    parts = step_parts({"mine": Functional()}, torch.randn(4, 1, 8, 8), torch.tensor([0, 1, 0, 1]), steps=2)["mine"]
    assert set(parts) == {"convolution 1 → 3", "ReLU", "max pooling", "linear layer", "everything else"}


@pytest.mark.parametrize("operation", ["aten.relu.default", "aten.clamp.default", "aten.threshold_backward.default"])
def test_every_way_to_cut_at_zero_is_a_relu(operation):
    assert _part(operation, ()) == "ReLU"


def test_the_picture_has_a_bar_for_each_part_and_network():
    parts = {"a": {"ReLU": 1.0, "max pooling": 2.0, "everything else": 3.0}, "b": {"ReLU": 1.5, "everything else": 1.0}}
    axes = step_parts_picture(parts).axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["max pooling", "ReLU", "everything else"]
    assert [bar.get_height() for bar in axes.patches] == [2.0, 1.0, 3.0, 0.0, 1.5, 1.0]
    assert axes.get_xlabel() and axes.get_ylabel()


def test_no_steps_are_refused():
    with pytest.raises(ValueError, match="steps = 0"):
        step_parts(_nets(), torch.randn(4, 1, 8, 8), torch.tensor([0, 1, 0, 1]), steps=0)


def test_the_machine_keeps_its_own_time():
    machine = Machine({"pooled": [5.0, 2.0], "strided": [1.0]}, log_seconds=0.5)
    start = machine.clock()
    machine.contestants["pooled"]()
    machine.contestants["pooled"]()
    machine.log("pooled", 2)
    assert machine.clock() - start == 7.5 and machine.largest_lead() == 2
