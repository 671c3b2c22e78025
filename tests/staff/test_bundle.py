"""A bundle must be one, belong to this cell of this run, and hold one observation a case; else it earns nothing."""

import json

import pytest

from gradus.judging import Opaque
from gradus.judging.encoding import encode
from gradus_staff.answer_key import Case
from gradus_staff.bundle import Asking, BundleError

CASES = [Case("one", x=1), Case("one", x=2)]


def _bundle(asking, **changes):
    data = {"nonce": asking.nonce, "question": "A", "seconds": 0.5, "observations": [encode(1), encode(2)]}
    return json.dumps({**data, **changes})


@pytest.fixture
def asking():
    return Asking.of("soft_threshold", "A", CASES)


def test_a_whole_bundle_is_read(asking):
    assert asking.read(["noise", _bundle(asking)]) == ([1, 2], 0.5)


@pytest.mark.parametrize(
    "changes",
    [{"nonce": "guessed"}, {"question": "B"}, {"observations": []}, {"observations": [encode(1)] * 3},
     {"observations": "all right"}, {"too_large": 10**9}],
)  # fmt: skip
def test_a_bundle_that_does_not_belong_is_refused(asking, changes):
    with pytest.raises(BundleError):
        asking.read([_bundle(asking, **changes)])


def test_silence_and_two_bundles_are_refused(asking):
    with pytest.raises(BundleError, match="no answers"):
        asking.read([])
    with pytest.raises(BundleError, match="2 bundles"):
        asking.read([_bundle(asking), _bundle(asking)])


def test_a_bundle_of_another_run_is_refused(asking):
    earlier = Asking.of("soft_threshold", "A", CASES)
    with pytest.raises(BundleError):
        asking.read([_bundle(earlier)])


def test_one_malformed_observation_spoils_itself_only(asking):
    observations, seconds = asking.read([_bundle(asking, observations=[{"kind": "code"}, encode(2)], seconds="soon")])
    assert isinstance(observations[0], Opaque)
    assert (observations[1], seconds) == (2, 0.0)


def test_no_expected_value_is_in_what_the_kernel_is_told():
    case = Case("above", y=[3.2], T=2.81)
    code = Asking.of("soft_threshold", "A", [case]).code()
    assert "3.2" in code
    assert "0.1521" not in code
    assert "above" not in code
