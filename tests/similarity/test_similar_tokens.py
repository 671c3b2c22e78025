"""What a copier changes first does not show in the tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus_staff.similarity.tokens import code_tokens, prose_tokens

ORIGINAL = '''
import torch
def soft(y, T):
    """The function."""
    above = (y - T) ** 2   # squared
    return torch.where(y > T, above, 0.001 * y.abs().sum())
'''


def texts(source):
    return [token.text for token in code_tokens(source)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("above", "my_square"),
        ("# squared", ""),
        ('"""The function."""', ""),
        ("0.001", "1e-3"),
        ("import torch", "from torch import nn, where as w"),
        ("import torch", "from torch import (\n    nn,\n    where,\n)"),
        (" ** 2 ", "\t** 2\n"),
        ("(y - T)", "((y - T))"),
        ("above, 0", "above, (0"),
    ],
)
def test_a_change_that_changes_nothing_is_not_seen(old, new):
    assert old in ORIGINAL
    assert texts(ORIGINAL.replace(old, new)) == texts(ORIGINAL)


@pytest.mark.parametrize(
    ("old", "new"), [("where", "clamp"), ("- T", "+ T"), ("** 2", "** 3"), ("abs", "neg"), ("return", "yield")]
)
def test_another_operation_is_another_token(old, new):
    assert texts(ORIGINAL.replace(old, new)) != texts(ORIGINAL)


def test_an_attribute_of_ones_own_can_be_renamed_and_a_librarys_cannot():
    one = "class A:\n def __init__(self, m):\n  self.matrix = m\n def run(self, x): return self.matrix.inverse() @ x"
    assert texts(one) == texts(one.replace("matrix", "M0").replace("self", "this").replace("run", "go"))
    assert texts(one) != texts(one.replace("inverse", "transpose"))


def test_the_wording_of_a_text_is_not_seen_and_its_interpolations_are():
    assert texts("print('a b')") == texts('print("quite another")')
    assert texts("print(f'{a + 1}')") != texts("print(f'{a * 1}')")


def test_prose_is_compared_by_words():
    assert [token.text for token in prose_tokens("The **Chain** rule!")] == ["the", "chain", "rule"]


@pytest.mark.parametrize("gap", ["\t\n", "%x\n", "import (\n", "from a import (b,\n", "    \n\n"])
def test_gaps_without_end_are_left_out_and_do_not_take_for_ever(gap):
    (token, *_) = [*code_tokens(f"x\n{gap * 8000}"), None]
    assert (token.text, token.start) == ("name", 0)
    assert [one.start for one in code_tokens(f"{gap * 3}\ny\n")] == [len(gap) * 3 + 1]


@given(st.text(max_size=300))
def test_whatever_was_typed_is_taken_apart_and_every_token_lies_in_the_source(source):
    tokens = code_tokens(source)
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        assert 0 <= token.start < token.end <= len(source)
        assert following is None or token.end <= following.start
