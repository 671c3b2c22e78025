"""Words as numbers: vectors fitted on the training texts alone, the same every time."""

import sys
import types

import numpy as np
import pytest
import torch

from gradus.data import trec
from gradus.text import PAD, UNKNOWN, Vocabulary, tokenise, vectors

TEXTS = ["Who painted the old boat ?", "Where is the old harbor ?", "What boat did Ida paint in 1912 ?", "Who is Ida ?"]


def test_tokens_are_lower_case_words_marks_and_shapes_of_numbers():
    assert tokenise("Who is `` Dr. No '' , born in 1912?") == (
        ["who", "is", "``", "dr.", "no", "''", ",", "born", "in", "0000", "?"]
    )


def test_texts_are_filled_and_cut_to_one_length():
    vocabulary = Vocabulary.of(TEXTS)
    ids = vocabulary.encode(["Who is Ida ?", "Who swims"])
    assert ids.shape == (2, 4)
    assert ids[1].tolist() == [vocabulary.ids["who"], UNKNOWN, PAD, PAD]
    assert vocabulary.encode(TEXTS, length=3).shape == (4, 3)
    assert vocabulary.encode(["", "Who"]).tolist() == [[PAD], [vocabulary.ids["who"]]]


def test_a_sentence_is_the_mean_of_its_words_however_it_is_filled():
    words = vectors(TEXTS, size=3)
    alone = words.sentences(["Who is Ida ?"])[0]
    beside = words.sentences(["Who is Ida ?", TEXTS[2]])[0]
    expected = torch.stack([words.word(w) for w in ("who", "is", "ida", "?")]).mean(0)
    assert torch.allclose(alone, expected, atol=1e-6)
    assert torch.allclose(beside, expected, atol=1e-6)
    assert words.sentences([""]).abs().sum() == 0


def test_sequences_are_signals_along_the_words():
    words = vectors(TEXTS, size=3)
    ids = words.vocabulary.encode(TEXTS)
    signals = words.sequences(ids)
    assert signals.shape == (4, 3, 8)
    assert torch.equal(signals[2, :, 1], words.word("boat"))
    assert signals[3, :, 4:].abs().sum() == 0


def test_the_same_texts_give_the_same_vectors(cache):
    texts = trec(download=False).train_texts
    first, second = vectors(texts), vectors(texts)
    assert first.matrix.shape[1] == 96
    assert torch.equal(first.matrix, second.matrix)
    assert first.sentences(texts).square().mean().sqrt().item() == pytest.approx(1, abs=1e-3)


def test_an_unseen_word_has_the_mean_vector_of_words_seen_once():
    words = vectors(TEXTS, size=3)
    once = ["painted", "where", "harbor", "what", "did", "paint", "in", "0000"]
    expected = torch.stack([words.word(word) for word in once]).mean(0)
    assert torch.allclose(words.word("unheard"), expected, atol=1e-6)


def test_the_axes_are_those_of_a_dense_singular_value_decomposition(cache):
    texts = trec(download=False).train_texts[:150]
    words = vectors(texts, size=20)
    ids = words.vocabulary.encode(texts)
    shares = torch.zeros(len(texts), len(words.vocabulary)).scatter_add_(1, ids, torch.ones_like(ids).float())
    shares[:, PAD] = 0
    shares /= shares.sum(1, keepdim=True)
    strength = torch.linalg.svdvals(shares - shares.mean(0))
    vectors_ = words.sentences(texts)
    ours = torch.linalg.svdvals(vectors_ - vectors_.mean(0))
    ours *= strength[0] / ours[0]  # one number scales all vectors
    assert torch.allclose(ours[:15], strength[:15], rtol=2e-2)


def test_sentence_vectors_carry_the_class_of_real_questions(real):
    """Ridge regression on one-hot labels: 0.70 here; the docstring's logistic regression gives 0.742."""
    questions = trec()
    words = vectors(questions.train_texts)
    x, x_test = words.sentences(questions.train_texts), words.sentences(questions.test_texts)
    mean = x.mean(0)
    targets = torch.nn.functional.one_hot(questions.train_labels).float()
    x, x_test = x - mean, x_test - mean
    weights = torch.linalg.solve(x.T @ x + 30 * torch.eye(96), x.T @ (targets - targets.mean(0)))
    right = (x_test @ weights + targets.mean(0)).argmax(1) == questions.test_labels
    assert right.float().mean() > 0.65


def test_spacy_without_spacy_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ImportError, match='run "python -m pip install spacy" and "python -m spacy download'):
        vectors(kind="spacy")


def test_spacy_is_used_where_it_is(monkeypatch):
    document = types.SimpleNamespace(vector=np.ones(96, np.float32))
    model = types.SimpleNamespace(pipe=lambda texts: [document for _ in texts])
    monkeypatch.setitem(sys.modules, "spacy", types.SimpleNamespace(load=lambda name: {"en_core_web_sm": model}[name]))
    assert vectors(kind="spacy").sentences(TEXTS).shape == (4, 96)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: vectors(TEXTS, "glove"), "kind is 'glove': it must be one of 'svd', 'spacy'"),
        (lambda: vectors(), "texts is None"),
        (lambda: vectors([]), "texts holds 0 texts"),
        (lambda: vectors("Who is it ?"), "texts is one text"),
        (lambda: vectors(TEXTS, size=96), "size is 96: it must be a whole number from 1 to 4"),
        (lambda: Vocabulary.of(TEXTS, min_count=0), "min_count is 0"),
        (lambda: Vocabulary.of(TEXTS).encode(TEXTS, length=0), "length is 0"),
        (lambda: vectors(TEXTS, size=2).word("two words"), "2 words: exactly 1 is needed"),
        (lambda: vectors(TEXTS, size=2).sequences(torch.tensor([[99]])), "ids holds 99: word ids are integers from 0"),
        (lambda: vectors(TEXTS, size=2).sequences(torch.tensor([1])), r"shape \(1,\)"),
    ],
)
def test_what_cannot_be_is_refused(call, reason):
    with pytest.raises(ValueError, match=reason):
        call()
