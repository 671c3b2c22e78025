"""Late days follow from due dates and times of submission alone: not from time zones, nor from the order of grading."""

import datetime
import itertools

import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from traitlets.config import Config

from gradus_staff.late import LateDays, policy_of, record_of, settle

DUE = "2026-03-02 23:59:00 Europe/Zurich"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """One for all tests: making a gradebook takes seconds."""
    with Gradebook(f"sqlite:///{tmp_path_factory.mktemp('late')}/gradebook.db") as gradebook:
        yield gradebook


@pytest.fixture
def gradebook(database):
    database.update_or_create_student("ann")
    yield database
    database.remove_student("ann")
    for name in [assignment.name for assignment in database.assignments]:
        database.remove_assignment(name)


def hand_in(gradebook, name, due, when, points=8.0, of=10.0):
    """An assignment with one question, and ann's submission of it; times are texts, None where there is none."""
    gradebook.update_or_create_assignment(name, duedate=parse_utc(due) if due else None)
    gradebook.update_or_create_notebook(name, name)
    gradebook.update_or_create_grade_cell("A", name, name, max_score=of, cell_type="code")
    submission = gradebook.update_or_create_submission(name, "ann", timestamp=parse_utc(when) if when else None)
    submission.notebooks[0].grades[0].auto_score = points
    gradebook.db.commit()


def policy(**settings):
    return LateDays(config=Config({"LateDays": settings}))


def late(seconds):
    return (parse_utc(DUE) + datetime.timedelta(seconds=seconds)).isoformat() + " UTC"


@pytest.mark.parametrize(
    ("seconds", "days"),
    [(-1, 0), (0, 0), (1, 0), (900, 0), (901, 1), (86_400 + 900, 1), (86_400 + 901, 2), (5 * 86_400, 5)],
)
def test_a_day_begins_when_the_grace_is_over(gradebook, seconds, days):
    hand_in(gradebook, "hw", DUE, late(seconds))
    record = record_of(gradebook, policy(grace_minutes=15, percent_a_day=10), "hw", "ann")
    assert (record.days_late, record.percent) == (days, 10 * days)
    assert record.points == pytest.approx(0.8 * days)


@pytest.mark.parametrize(
    "when",
    ["2026-03-02 23:00:00 UTC", "2026-03-03 00:00:00 Europe/Zurich", "2026-03-02 15:00:00 America/Los_Angeles",
     "2026-03-03 08:00:00 Asia/Tokyo"],
)  # fmt: skip
def test_the_same_moment_in_any_time_zone_is_a_minute_late(gradebook, when):
    hand_in(gradebook, "hw", DUE, when)
    assert record_of(gradebook, policy(), "hw", "ann").seconds_late == 60


def test_a_day_has_24_hours_when_the_clocks_change(gradebook):
    hand_in(gradebook, "hw", "2026-03-28 12:00:00 Europe/Zurich", "2026-03-29 13:00:00 Europe/Zurich")
    assert record_of(gradebook, policy(), "hw", "ann").days_late == 1  # by the clock 25 hours, in truth 24


def test_without_due_date_or_time_nothing_is_late(gradebook):
    hand_in(gradebook, "open", None, "2026-03-02 12:00:00 UTC")
    hand_in(gradebook, "silent", DUE, None)
    assert record_of(gradebook, policy(), "open", "ann") is None
    assert record_of(gradebook, policy(), "silent", "ann").sentence == ""
    assert record_of(gradebook, policy(), "silent", "nobody") is None
    assert settle(gradebook, policy()) == []


def test_an_extension_moves_the_due_time(gradebook):
    hand_in(gradebook, "hw", DUE, late(3600))
    gradebook.grant_extension("hw", "ann", hours=2)
    assert record_of(gradebook, policy(), "hw", "ann").days_late == 0


TERM = {
    "zeta": ("2026-03-01 12:00:00 UTC", "2026-03-02 13:00:00 UTC"),  # two days late, and due first
    "beta": ("2026-03-08 12:00:00 UTC", "2026-03-09 11:00:00 UTC"),  # one day
    "alpha": ("2026-03-15 12:00:00 UTC", "2026-03-16 13:00:00 UTC"),  # two days
    "omega": ("2026-03-22 12:00:00 UTC", "2026-03-22 11:00:00 UTC"),  # in time
}


def _grade(gradebook, late_policy, name):
    """What nbgrader's step does when it grades a submission."""
    hand_in(gradebook, name, *TERM[name])
    submission = gradebook.find_submission(name, "ann")
    notebook = submission.notebooks[0]
    notebook.late_submission_penalty = None
    if submission.total_seconds_late > 0:
        step = AssignLatePenalties()
        step.gradebook, step.assignment_id, step.notebook_id = gradebook, name, name
        late_policy.parent = step
        notebook.late_submission_penalty = late_policy.late_submission_penalty(
            "ann", notebook.score, submission.total_seconds_late
        )
    gradebook.db.commit()


@pytest.mark.parametrize("order", list(itertools.permutations(TERM))[::5])
def test_free_days_are_spent_in_the_order_of_due_dates_whatever_is_graded_first(gradebook, order):
    term = policy(free_days=4, percent_a_day=25)
    for name in (*order, order[0], order[0]):  # and again
        _grade(gradebook, term, name)
    penalties = {name: gradebook.find_submission(name, "ann").late_submission_penalty for name in TERM}
    assert penalties == {"zeta": 0, "beta": 0, "alpha": 2.0, "omega": 0}
    record = record_of(gradebook, term, "alpha", "ann")
    assert (record.days_late, record.free_days, record.free_days_left, record.percent) == (2, 1, 0, 25)
    assert settle(gradebook, term) == []


def test_percentages_stop_at_the_limit_and_points_at_the_score(gradebook):
    hand_in(gradebook, "hw", DUE, late(9 * 86_400), points=2.0)
    assert record_of(gradebook, policy(percent_a_day=10, most_percent=50), "hw", "ann").points == 1.0
    assert record_of(gradebook, policy(percent_a_day=10, percent_of="maximum"), "hw", "ann").points == 2.0


def test_an_exam_can_be_kept_out_of_the_free_days(gradebook):
    hand_in(gradebook, "exam", DUE, late(60))
    record = record_of(gradebook, policy(free_days=3, without_free_days=["exam"]), "exam", "ann")
    assert (record.free_days, record.free_days_left, record.percent) == (0, 3, 10)


def test_settling_follows_points_given_by_hand(gradebook):
    hand_in(gradebook, "hw", DUE, late(60), points=0.0)
    assert settle(gradebook, policy()) == []
    gradebook.find_submission("hw", "ann").notebooks[0].grades[0].manual_score = 10.0
    gradebook.db.commit()
    assert settle(gradebook, policy()) == ["ann/hw"]
    assert settle(gradebook, policy()) == []
    gradebook.db.expire_all()
    assert gradebook.find_submission("hw", "ann").late_submission_penalty == 1.0


@pytest.mark.parametrize(
    ("seconds", "settings", "sentence"),
    [
        (-5, {}, ""),
        (61, {"grace_minutes": 15}, "Handed in 2 minutes late, within the time of grace: nothing is taken off."),
        (61, {"free_days": 2}, "Handed in 1 day late: 1 free late day spent, 1 left this term; nothing is taken off."),
        (61, {}, "Handed in 1 day late: 10 % are taken off, 0.8 points."),
        (2 * 86_400, {"free_days": 1, "percent_a_day": 50},
         "Handed in 2 days late: 1 free late day spent, 0 left this term; for the rest 50 % are taken off, 4 points."),
    ],
)  # fmt: skip
def test_what_the_student_reads(gradebook, seconds, settings, sentence):
    hand_in(gradebook, "hw", DUE, late(seconds))
    assert record_of(gradebook, policy(**settings), "hw", "ann").sentence == sentence


def test_the_policy_is_off_unless_the_configuration_names_it():
    assert policy_of(Config()) is None
    named = Config(
        {"AssignLatePenalties": {"plugin_class": "gradus_staff.late.LateDays"}, "LateDays": {"free_days": 3}}
    )
    assert policy_of(named).free_days == 3
