"""Draws depend on nothing but the words, and every number is as likely."""

from collections import Counter

import pytest

from gradus.draws import Draws


def test_the_same_words_give_the_same_numbers_for_ever():
    draws = Draws("gradus", "ann", "conv_pool_by_hand", "1")
    assert draws.row(8, 1, 5) == [3, 4, 4, 5, 3, 5, 1, 4]  # written down once; a change would regrade every course
    assert draws.shuffled("abcd") == ["d", "b", "a", "c"]


def test_other_words_give_other_numbers():
    assert Draws("a", "bc").row(20, 0, 9) != Draws("ab", "c").row(20, 0, 9)


def test_every_number_is_as_likely():
    draws = Draws("likely")
    counts = Counter(draws.whole(-2, 4) for _ in range(14_000))
    assert sorted(counts) == list(range(-2, 5))
    assert all(abs(count - 2000) < 250 for count in counts.values()), counts


def test_every_order_is_as_likely():
    draws = Draws("orders")
    counts = Counter("".join(draws.shuffled("abc")) for _ in range(6_000))
    assert len(counts) == 6
    assert all(abs(count - 1000) < 170 for count in counts.values()), counts


def test_an_empty_range_is_an_error():
    with pytest.raises(ValueError, match="from 3 to 2"):
        Draws("x").whole(3, 2)
