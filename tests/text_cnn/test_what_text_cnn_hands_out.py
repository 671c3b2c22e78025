"""What text_cnn hands out, and the weights that its questions give to a network whatever it calls its parameters."""

import pytest
import torch
from torch import nn

from gradus.questions.text_cnn import entries_seen, toy_questions, words_shuffled
from gradus.questions.text_cnn_weights import are_trained, give_weights, parameter_sizes

X = torch.randn(4, 9, generator=torch.Generator().manual_seed(0))


class Layers(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.linear = nn.Conv1d(1, 5, 3), nn.Linear(5 * 7, 2)

    def forward(self, x):
        return self.linear(torch.relu(self.conv(x[:, None])).flatten(1))


class LinearFirst(Layers):
    def __init__(self):
        nn.Module.__init__(self)
        self.linear, self.conv = nn.Linear(5 * 7, 2), nn.Conv1d(1, 5, 3)


class ByHand(nn.Module):
    """Both weights transposed, in plain parameters."""

    def __init__(self):
        super().__init__()
        self.d, self.c = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(5))
        self.v, self.w = nn.Parameter(torch.zeros(35, 2)), nn.Parameter(torch.zeros(3, 5))

    def forward(self, x):
        h = torch.relu(x.unfold(1, 3, 1) @ self.w + self.c)  # (b, 7, 5)
        return h.transpose(1, 2).flatten(1) @ self.v + self.d


def scores(make):
    model = make()
    give_weights(model, X, (5, 1, 3), 2, seed=3)
    return model(X)


@pytest.mark.parametrize("make", [LinearFirst, ByHand])
def test_the_same_network_gets_the_same_weights_in_any_style(make):
    torch.testing.assert_close(scores(make), scores(Layers))


def test_another_seed_gives_other_weights():
    model = Layers()
    give_weights(model, X, (5, 1, 3), 2, seed=4)
    assert (model(X) - scores(Layers)).abs().max() > 0.1


@pytest.mark.parametrize(
    "model",
    [
        nn.Sequential(nn.Unflatten(1, (1, 9)), nn.Conv1d(1, 5, 3, bias=False), nn.Flatten(), nn.Linear(35, 2)),
        nn.Sequential(nn.Unflatten(1, (1, 9)), nn.Conv1d(1, 5, 3), nn.Flatten(), nn.Linear(35, 10), nn.Linear(10, 2)),
        nn.Sequential(nn.Linear(9, 2)),
        nn.Sequential(nn.Flatten()),
    ],
)
def test_a_network_of_other_layers_is_refused_with_its_shapes(model):
    with pytest.raises(ValueError, match="one convolution and one linear layer"):
        give_weights(model, X, (5, 1, 3), 2, seed=3)


def test_a_slope_that_does_not_arrive_is_noticed():
    model = Layers()
    roles = give_weights(model, X, (5, 1, 3), 2, seed=3)
    upstream = torch.ones(4, 2)
    assert are_trained(roles, model(X), upstream) == [True, True]
    assert are_trained(roles, model(X).detach(), upstream) == [False, False]
    frozen = model.linear(torch.relu(model.conv(X[:, None])).detach().flatten(1))
    assert are_trained(roles, frozen, upstream) == [False, True]


def test_parameters_are_counted_from_the_smallest():
    assert parameter_sizes(Layers()) == [2, 5, 15, 70]


@pytest.mark.parametrize(("stride", "seen"), [(1, 96), (3, 95), (5, 58), (100, 2)])
def test_entries_seen_are_those_that_some_window_covers(stride, seen):
    torch.manual_seed(0)
    length = 95 // stride + 1
    model = nn.Sequential(
        nn.Unflatten(1, (1, 96)),
        nn.Conv1d(1, 64, 3, padding=1, stride=stride),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(64 * length, 6),
    )
    assert entries_seen(model) == seen


def test_toy_questions_have_all_classes_in_training_and_the_wanted_ones_in_the_test():
    train, test = toy_questions(7, ["HUM", "NUM", "LOC"])
    assert (len(train), len(test)) == (150, 12)
    assert {label for _, label in train} == {"ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"}
    assert {label for _, label in test} == {"HUM", "NUM", "LOC"}
    assert toy_questions(7, ["HUM"])[0] == train
    assert toy_questions(8, ["HUM"])[0] != train


def test_shuffled_texts_keep_their_words_and_lose_their_order():
    texts = ["What is the longest river that flows through Vienna ?", "Why ?"]
    found = words_shuffled(texts, seed=1)
    assert [sorted(text.split()) for text in found] == [sorted(text.lower().split()) for text in texts]
    assert found[0] != texts[0].lower()
    assert found == words_shuffled(texts, seed=1) != words_shuffled(texts, seed=2)
