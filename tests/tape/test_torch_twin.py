"""The judge of gradients is PyTorch: so both must compute the same thing."""

import numpy as np
import pytest
import torch

from gradus import tape
from gradus.tape.twin import torch_compute

A = np.random.default_rng(0).uniform(0.2, 2.0, (2, 3, 4)) * np.array([1.0, -1.0, 1.0, -1.0])

OPERATIONS = [
    (tape.EwiseAdd(), A, 2 * A),
    (tape.EwiseMul(), A, 2 * A),
    *[(tape.PowerScalar(n), A) for n in (0, 1, 2, 3, -1)],
    (tape.PowerScalar(0.5), abs(A)),
    (tape.MatMul(), A, A[0].T),
    (tape.MatMul(), A, np.swapaxes(A, 1, 2)),
    *[(tape.Summation(axes), A) for axes in (None, 1, (0, 2), (-1,), ())],
    (tape.BroadcastTo((5, 2, 3, 4)), A),
    (tape.BroadcastTo((2, 3, 4)), A[:, :1]),
    (tape.Reshape((4, 6)), A),
    *[(tape.Transpose(axes), A) for axes in (None, (0, 1), (0, -1))],
    (tape.ReLU(), A),
    (tape.Log(), abs(A)),
    (tape.Exp(), A),
]


@pytest.mark.parametrize("asked", OPERATIONS, ids=lambda asked: repr(asked[0]))
def test_the_engine_and_pytorch_compute_the_same(asked):
    op, *arrays = asked
    np.testing.assert_allclose(op(*arrays).values, torch_compute(op, *map(torch.tensor, arrays)).numpy(), rtol=1e-14)


def test_every_operation_of_the_engine_is_compared():
    compared = {type(asked[0]) for asked in OPERATIONS}
    there = {value for value in vars(tape).values() if isinstance(value, type) and issubclass(value, tape.TensorOp)}
    assert compared == there - {tape.TensorOp}


def test_an_operation_that_is_not_the_engines_has_no_counterpart():
    class Own(tape.TensorOp):
        pass

    with pytest.raises(LookupError, match="Own has no counterpart"):
        torch_compute(Own(), torch.ones(1))
