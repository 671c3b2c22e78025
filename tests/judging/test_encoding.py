"""Answers travel as data that cannot carry code; whatever comes in, plain data comes out or a clear error."""

import contextlib
import json
import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.judging import Array, MalformedError, Opaque, Raised, dumps, loads
from gradus.judging.encoding import MAX_BYTES

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**60), 10**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.fractions()
    | st.complex_numbers(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(plain)
@settings(deadline=None)
def test_plain_values_come_out_as_they_went_in(value):
    assert loads(dumps(value)) == value


def test_nan_and_infinities_survive():
    assert math.isnan(loads(dumps(math.nan)))
    assert loads(dumps([math.inf, -math.inf])) == [math.inf, -math.inf]


@pytest.mark.parametrize(
    "tensor",
    [torch.randn(2, 3), torch.tensor(1.5), torch.zeros(0, 4), torch.arange(3), torch.tensor([True]),
     torch.randn(2, 2, dtype=torch.float64).T, torch.tensor([1 + 2j]), torch.nn.Parameter(torch.ones(2)),
     torch.eye(2).to_sparse(), torch.tensor([math.nan, math.inf])],
)  # fmt: skip
def test_a_tensors_numbers_shape_and_dtype_arrive(tensor):
    out = loads(dumps(tensor))
    assert isinstance(out, Array)
    assert out.library == "torch"
    assert out.shape == tuple(tensor.shape)
    assert out.dtype == str(tensor.dtype).removeprefix("torch.")
    assert out.requires_grad == tensor.requires_grad
    np.testing.assert_array_equal(out.values, tensor.detach().to_dense().numpy())


def test_bfloat16_arrives_as_float32_under_its_own_name():
    out = loads(dumps(torch.ones(2, dtype=torch.bfloat16)))
    assert (out.dtype, out.values.dtype) == ("bfloat16", np.float32)


def test_a_subclass_of_tensor_is_read_as_the_tensor_it_is():
    class Liar(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            return 42

        def numpy(self):
            return np.full(3, 0.1521)

    out = loads(dumps(torch.zeros(3).as_subclass(Liar)))
    np.testing.assert_array_equal(out.values, np.zeros(3))


def test_what_cannot_be_looked_into_is_named_only():
    class Secret:
        def __reduce__(self):
            raise AssertionError("pickled")

        def __repr__(self):
            raise AssertionError("shown")

    assert loads(dumps([Secret()]))[0].type_name.endswith("Secret")
    assert isinstance(loads(dumps(lambda: None)), Opaque)


def test_sympy_numbers_travel_as_fractions_and_floats():
    assert loads(dumps(sympy.Rational(1, 3))) == Fraction(1, 3)
    assert loads(dumps(sympy.sqrt(2))) == pytest.approx(math.sqrt(2))
    assert loads(dumps(sympy.Matrix([[1, 2]]))) == [[1, 2]]
    assert isinstance(loads(dumps(sympy.Symbol("x"))), Opaque)


def test_a_list_that_holds_itself_ends():
    loop = []
    loop.append(loop)
    assert loads(dumps(loop))


def test_too_large_arrays_are_named_not_sent():
    assert "too large" in loads(dumps(np.zeros(MAX_BYTES))).type_name


def _array(shape="[1]", stored="float32", data=""):
    head = '{"kind": "array", "library": "torch", "dtype": "float32", "grad": false'
    return f'{head}, "stored": "{stored}", "shape": {shape}, "data": "{data}"}}'


@pytest.mark.parametrize(
    "text",
    ["", "{", "3", "[]", '{"kind": "code"}', '{"kind": 3}', '{"kind": "int", "value": 5}', '{"kind": "list"}',
     '{"kind": "fraction", "numerator": "1", "denominator": "0"}', "[" * 100_000,
     _array(stored="object"), _array(shape="[1e9]"), _array(shape="[-1]"), _array(shape="[2]", data="AAAA"),
     '{"kind": "dict", "items": [[{"kind": "list", "items": []}, {"kind": "none"}]]}', "x" * (MAX_BYTES + 1)],
)  # fmt: skip
def test_broken_or_hostile_text_is_refused(text):
    with pytest.raises(MalformedError):
        loads(text)


fields = st.sampled_from(["kind", "items", "value", "shape", "data", "stored"])
trees = st.recursive(
    st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(fields, inner), max_leaves=20
)


@given(st.text(max_size=200) | trees.map(json.dumps))
@settings(deadline=None)
def test_no_text_makes_the_reader_fail_in_another_way(text):
    with contextlib.suppress(MalformedError):
        loads(text)


def test_an_error_keeps_its_name_its_sentence_and_its_line():
    assert loads(dumps(Raised("ValueError", "no", 3))) == Raised("ValueError", "no", 3)
