"""Ten thousand students, equally hard exams."""

import pytest

from gradus.numbers.windows import correlate, flipped, has_ties, transposed
from gradus.personal import numbers_of
from gradus_staff.key.exam_values import adjoint_numbers, convnet_parameters, mlp_parameters, normalised

STUDENTS = 10_000


@pytest.fixture(scope="module")
def exams():
    return [numbers_of("exam", f"student {index}", "fairness") for index in range(STUDENTS)]


def _entries(matrix):
    return [entry for row in matrix for entry in row]


def test_the_product_is_zero_and_every_adjoint_a_whole_number_that_is_not_zero(exams):
    for n in exams[::10]:
        x, W = n.x[0], n.W
        assert all(x[0] * a + x[1] * b == 0 for a, b in zip(*W, strict=True))
        adjoints = [entry for matrix in adjoint_numbers(n).values() for entry in _entries(matrix)]
        assert all(entry == round(entry) != 0 for entry in adjoints)


def test_normalised_entries_are_one_or_minus_one(exams):
    for n in exams[::10]:
        assert set(_entries(normalised(n.rows, axis=1))) == {1, -1}
        assert set(_entries(normalised(n.batch, axis=0))) == {1, -1}


def test_another_axis_gives_another_result(exams):
    for n in exams[::10]:
        assert normalised(n.rows, axis=1) != normalised(n.rows, axis=0)
        assert normalised(n.batch, axis=0) != normalised(n.batch, axis=1)


def test_networks_tell_the_usual_miscounts_apart(exams):
    for n in exams:
        counts = mlp_parameters(n.mlp)
        assert len({counts["Linear1"], counts["LayerNorm1"], counts["Linear2"]}) == 3
        conv = convnet_parameters(n.convnet)
        assert conv["Conv2"] != n.convnet.kernel_2**2 * n.convnet.filters_2 + n.convnet.filters_2


def test_both_paddings_give_one_size_and_the_floor_cuts_something_off(exams):
    for n in exams:
        assert n.convnet.side_2(0) == n.convnet.side_2(1)
        assert (n.convnet.side_1 - n.convnet.kernel_2) % n.convnet.stride_2 != 0
        assert n.size.leaves_a_rest


def test_convolution_and_pooling_are_as_hard_as_in_print(exams):
    for n in exams:
        output = correlate(n.image, n.kernel, 1)
        assert _entries(output).count(0) == 1
        assert output != correlate(n.image, flipped(n.kernel), 1)
        assert output != correlate(n.image, transposed(n.kernel), 1)
        assert not has_ties(n.pooled, 2, 2)
