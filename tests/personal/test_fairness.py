"""Ten thousand students, equally hard numbers."""

from collections import Counter

import pytest

from gradus.numbers.windows import correlate, flipped, has_ties, pool_maxima, transposed
from gradus.personal import numbers_of

STUDENTS = 10_000


@pytest.fixture(scope="module")
def hand():
    return [numbers_of("conv_pool_by_hand", f"student {index}", "fairness") for index in range(STUDENTS)]


def _entries(matrix):
    return [entry for row in matrix for entry in row]


def test_images_and_kernels_have_the_lectures_range(hand):
    for n in hand:
        assert (len(n.A), len(n.A[0]), len(n.B), len(n.B[0])) == (5, 5, 3, 3)
        assert set(_entries(n.A)) <= {1, 2, 3, 4, 5}
        assert set(_entries(n.B)) <= {2, 3, 4, 5}
        assert sorted(_entries(n.kernel_3b)) == [-1, 0, 1, 2]


def test_every_maximum_is_there_once(hand):
    assert not any(has_ties(correlate(n.A, n.B), 2, 1) or has_ties(n.image_3c, 2, 2) for n in hand)
    assert all(len(set(_entries(pool_maxima(n.image_3c, 2, 2)))) > 1 for n in hand)


def test_a_flipped_or_transposed_kernel_always_shows(hand):
    for n in hand:
        for image, kernel, padding in ((n.A, n.B, 0), (n.image_3b, n.kernel_3b, 1)):
            right = correlate(image, kernel, padding)
            assert right != correlate(image, flipped(kernel), padding)
            assert right != correlate(image, transposed(kernel), padding)


def test_no_zero_comes_by_accident(hand):
    """The kernel's 0 decides one corner of the output of 3B; nothing else is 0."""
    assert all(_entries(correlate(n.image_3b, n.kernel_3b, 1)).count(0) == 1 for n in hand)


def test_the_floor_always_cuts_something_off(hand):
    for n in hand:
        assert n.size_3a.leaves_a_rest
        assert n.size_4a.leaves_a_rest
        assert 5 <= n.size_4a.output <= 9


def test_sums_are_equally_large(hand):
    """One student's C is no harder to add up than another's."""
    entries = [entry for n in hand for entry in _entries(correlate(n.A, n.B))]
    assert min(entries) >= 18
    assert max(entries) <= 225


def test_answers_that_name_a_classmate_fit_one_student_only(hand):
    """Of fifty million pairs of students, next to none has the same answer."""
    for solve in (lambda n: correlate(n.A, n.B), lambda n: n.B, lambda n: correlate(n.image_3b, n.kernel_3b, 1)):
        counts = Counter(str(solve(n)) for n in hand)
        assert sum(count * (count - 1) // 2 for count in counts.values()) <= 300
