"""Got against expected: every kind of difference ends in a finding with a sentence, and none in a crash."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.judging import AnyOf, Array, Between, Numbers, Opaque, Raised, Tolerance, Where, compare, show


def tensor(values, dtype="float32", library="torch"):
    return Array(np.asarray(values, dtype=dtype), library, dtype)


def test_equal_within_the_narrower_dtype_is_equal():
    assert compare(tensor([1.00005]), tensor([1.0])) is None
    assert compare(tensor([1.00005], "float64"), tensor([1.0], "float64")).kind == "values"
    assert compare(tensor([1.00005], "float32"), tensor([1.0], "float64")) is None


@pytest.mark.parametrize(
    ("got", "kind"),
    [(None, "type"), (0.5, "type"), ([0.5], "type"), ("0.5", "type"), (Opaque("Fancy"), "type"), (True, "type"),
     (tensor(0.5), "shape"), (tensor([[0.5]]), "shape"), (tensor([0.5, 0.5]), "shape"), (tensor([]), "shape"),
     (tensor([math.nan]), "nan"), (tensor([math.inf]), "values"), (tensor([0.6]), "values"),
     (tensor([0.5], library="numpy"), "type"), (Raised("ValueError", "no"), "raised"), ({}, "type")],
)  # fmt: skip
def test_what_is_not_the_expected_tensor_is_a_finding_of_its_kind(got, kind):
    finding = compare(got, tensor([0.5]))
    assert finding.kind == kind
    assert finding.sentence.endswith(".")


def test_hidden_sentences_give_no_number_away():
    finding = compare(tensor([[1.0, 2.0]]), tensor([3.25]))
    assert "3.25" not in finding.sentence
    assert "(1,)" not in finding.sentence
    assert "(1,)" not in compare(2.0, tensor([3.25])).sentence


def test_nan_is_right_only_where_nan_is_expected():
    assert compare(math.nan, math.nan) is None
    assert compare(1.0, math.nan) is not None
    assert compare(tensor([math.inf]), tensor([math.inf])) is None
    assert compare(tensor([-math.inf]), tensor([math.inf])) is not None
    assert compare(tensor([1e30]), tensor([math.inf])) is not None


def test_true_is_not_one_and_one_is_not_true():
    assert compare(True, 1.0).kind == "type"
    assert compare(1, True).kind == "type"


def test_loose_comparison_takes_anything_that_reads_as_the_numbers():
    expected = [[1, Fraction(1, 2)]]
    for got in ([[1, 0.5]], ((1, Fraction(1, 2)),), tensor([[1, 0.5]]), tensor([[1, 0.5]], library="numpy")):
        assert compare(got, expected, loose=True) is None
    for got in ([1, 0.5], [[1, 0.5], [1]], [[True, 0.5]], "1, 0.5", None):
        assert compare(got, expected, loose=True) is not None


def test_a_stub_is_not_an_answer():
    assert compare(Raised("NotImplementedError"), 1.0).sentence == "There is no answer yet."


def test_an_asked_for_error_is_compared_by_name():
    assert compare(Raised("ValueError", "x"), Raised("ValueError")) is None
    assert compare(Raised("TypeError"), Raised("ValueError")) is not None
    assert compare(3, Raised("ValueError")).sentence.startswith("It should raise ValueError")


def test_matchers():
    assert compare("b", AnyOf("A", "B")) is None
    assert compare(5, AnyOf(3, 4)) is not None
    assert compare(0.5, Between(0, 1)) is None
    assert compare(tensor(2.0), Between(0, 1)) is not None
    assert compare([1, 2, 3], Numbers((3,))) is None
    assert compare([1, 2.5, 3], Numbers((3,), whole=True)) is not None
    assert compare(3, Where(lambda n: n % 2 == 0 or "It is odd.", "an even number")).sentence == "It is odd."


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.fractions()
    | st.sampled_from([tensor([1.0]), tensor([[2]], "int64"), Opaque("x"), Raised("E"), tensor([])]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)  # fmt: skip


@given(values, values, st.booleans())
@settings(deadline=None, max_examples=300)
def test_any_two_values_can_be_compared_and_shown(got, expected, loose):
    compare(got, expected, None, loose)
    compare(got, expected, Tolerance(0.1, 0.1), loose)
    assert isinstance(show(got), str)


def test_small_entries_inherit_the_rounding_of_large_ones():
    assert compare(tensor([1e8, 1e-5 + 5e-6], "float64"), tensor([1e8, 1e-5], "float64")) is None
    assert compare(tensor([1.0, 1e-5 + 5e-6], "float64"), tensor([1.0, 1e-5], "float64")) is not None
