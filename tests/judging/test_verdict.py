"""Points: the passed share of the weights, never more than there are, never for silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.judging import Criterion, Finding, not_judged, verdict_from_criteria
from gradus.render import verdict_html, verdict_text

WRONG = Finding("values", "The value is not the right one.")


def test_points_are_the_passed_share_of_the_weights():
    verdict = verdict_from_criteria("A", 8, [Criterion("one", 3), Criterion("two", 1, WRONG)])
    assert (verdict.points, verdict.status) == (6, "partly")


def test_a_bonus_makes_good_for_a_loss_and_never_exceeds_the_maximum():
    bonus = Criterion("batch", 1, None, is_bonus=True)
    assert verdict_from_criteria("D", 10, [Criterion("one", 4), bonus]).points == 10
    assert verdict_from_criteria("D", 10, [Criterion("one", 3), Criterion("two", 1, WRONG), bonus]).points == 10
    missed = Criterion("batch", 1, WRONG, is_bonus=True)
    assert verdict_from_criteria("D", 10, [Criterion("one", 4), missed]).points == 10


@given(st.lists(st.tuples(st.floats(0.01, 100), st.booleans(), st.booleans()), min_size=1), st.floats(0.1, 100))
def test_points_are_within_their_bounds(weights, most):
    criteria = [Criterion("first", 1.0)]
    criteria += [Criterion(str(i), w, None if ok else WRONG, bonus) for i, (w, ok, bonus) in enumerate(weights)]
    verdict = verdict_from_criteria("A", most, criteria)
    assert 0 <= verdict.points <= verdict.max_points


def test_weights_that_add_up_to_nothing_are_the_authors_error():
    with pytest.raises(ValueError, match="add up to 0"):
        verdict_from_criteria("A", 8, [])


def test_what_was_not_judged_gets_nothing_and_says_why():
    verdict = not_judged("A", 8, "Not judged: no answers came back.")
    assert (verdict.points, verdict.status) == (0, "not judged")
    assert "no answers came back" in verdict_html(verdict)


def test_nothing_that_a_student_wrote_becomes_markup():
    evil = "<script>alert(1)</script>"
    verdict = verdict_from_criteria("A", 8, [Criterion("one", 1, Finding("raised", evil))], [evil], [evil])
    assert "<script" not in verdict_html(verdict)
    assert evil in verdict_text(verdict)
