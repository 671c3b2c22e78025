"""Every student gets cases that can be judged."""

import numpy as np
import pytest

from gradus_staff.answer_key import load_keys
from gradus_staff.judge import judge

NAMES = [
    (assignment, name)
    for assignment in ("convnet_batchnorm", "stride_or_pool")
    for name, key in load_keys(assignment).items()
    if key.answer is not None
]


@pytest.mark.parametrize(("assignment", "name"), NAMES)
def test_the_reference_gets_full_marks_with_any_seed(assignment, name):
    key = load_keys(assignment)[name]
    for seed in range(1000, 1012):
        cases = list(key.cases(np.random.default_rng(seed)))
        verdict = judge(key, cases, [key.ask(key.answer, case) for case in cases], 10.0)
        assert verdict.points == 10, verdict.to_dict()


def test_two_students_get_different_cases():
    for assignment, name in NAMES:
        if name in ("A-stride", "B-sizes", "D-count"):
            continue
        key = load_keys(assignment)[name]
        one, other = (repr([c.inputs for c in key.cases(np.random.default_rng(seed))]) for seed in (1, 2))
        assert one != other, (assignment, name)
