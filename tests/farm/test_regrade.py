"""A question is judged anew from what was observed, when the key has changed; nothing of the student's runs."""

from __future__ import annotations

import pytest
from recorded import SECRET, Recorded
from state import gradebook_of

from gradus_staff.course import CourseError
from gradus_staff.farm.parcel import read_parcel
from gradus_staff.farm.regrade import regrade
from gradus_staff.grading import grade_class
from gradus_staff.kernels.session import Session
from gradus_staff.key import soft_threshold as key
from gradus_staff.marking import mark
from gradus_staff.observed import observed_path

pytestmark = pytest.mark.kernel


@pytest.fixture
def graded(room, outcomes, monkeypatch):
    """A graded class, the recorded secret in place, and no way to start a kernel."""
    (room.root / ".gradus").mkdir(exist_ok=True)
    (room.root / ".gradus" / "secret").write_text(SECRET)
    grade_class(room.course, room.assignment, crew=Recorded(outcomes))

    def start(self):
        raise AssertionError("a kernel was started")

    monkeypatch.setattr(Session, "_start", start)
    return room


def points(room, student, grade_id="A"):
    return gradebook_of(room)[student]["notebooks"]["soft_threshold"]["grades"][grade_id]


def test_the_same_key_changes_nothing(graded):
    before = gradebook_of(graded)
    report = regrade(graded.course, graded.assignment, "A")
    assert report.judged == 3 and report.changes == []
    assert gradebook_of(graded) == before


def test_another_weight_gives_other_points_and_says_whose_and_why(graded, monkeypatch):
    before = points(graded, "bob")[0]
    lost = next(c["name"] for c in graded.verdicts("bob")["A"]["criteria"] if not c["passed"])
    monkeypatch.setattr(key.A, "criteria", {**key.A.criteria, lost: key.A.criteria[lost] * 10})
    report = regrade(graded.course, graded.assignment, "A")
    change = report.changes[0]
    assert [one.student for one in report.changes] == ["bob"]
    assert change.before == before and change.after == points(graded, "bob")[0] < before
    assert change.why == f"worth something else: {lost}"
    assert points(graded, "ada")[0] == 8
    verdict = graded.verdicts("bob")["A"]
    assert verdict["points"] == change.after and verdict["sandbox"]
    shown = next(c for c in graded.autograded("bob").cells if c.metadata.get("nbgrader", {}).get("grade_id") == "A")
    assert shown.outputs[0].data["text/plain"] == repr(change.after)


def test_what_was_marked_by_hand_stays_and_waits_for_a_person(graded, monkeypatch):
    mark(graded.course, graded.assignment, "bob", "A", 7.5)
    with graded.course.gradebook() as gradebook:
        comment = gradebook.find_comment("A-answer", "soft_threshold", graded.assignment, "bob")
        comment.manual_comment = "Nearly."
        gradebook.db.commit()
    lost = next(c["name"] for c in graded.verdicts("bob")["A"]["criteria"] if not c["passed"])
    monkeypatch.setattr(key.A, "criteria", {**key.A.criteria, lost: key.A.criteria[lost] * 10})
    regrade(graded.course, graded.assignment, "A")
    _, manual, _, waits, score = points(graded, "bob")
    assert (manual, waits, score) == (7.5, True, 7.5)
    assert "Nearly." in str(gradebook_of(graded)["bob"])


def test_only_the_students_named_are_judged(graded):
    assert regrade(graded.course, graded.assignment, "A", ["ada"]).judged == 1


def test_what_was_never_observed_is_said(graded):
    report = regrade(graded.course, graded.assignment, "A")
    assert len(report.not_judged) == 1
    assert report.not_judged[0].startswith(
        "dan: no answer was observed, so there is nothing to judge. Grade it in full"
    )


def test_other_cases_cannot_be_judged_from_old_observations(graded, monkeypatch):
    usual = key.A.cases

    def cases(self, rng):
        yield from list(usual(self, rng))[1:]

    monkeypatch.setattr(key.A, "cases", cases)
    report = regrade(graded.course, graded.assignment, "A", ["ada"])
    assert report.judged == 0 and "the key asks other cases" in report.not_judged[0]
    assert points(graded, "ada")[0] == 8


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1, "answers": {"A": 3}}'])
def test_observations_that_cannot_be_read_are_said(graded, text):
    path = observed_path(graded.root / "autograded" / "ada" / graded.assignment, graded.assignment)
    path.chmod(0o644)
    path.write_text(text)
    report = regrade(graded.course, graded.assignment, "A", ["ada"])
    assert "could not be read" in report.not_judged[0]


def test_a_missing_file_of_observations_is_said(graded):
    observed_path(graded.root / "autograded" / "ada" / graded.assignment, graded.assignment).unlink()
    report = regrade(graded.course, graded.assignment, "A", ["ada"])
    assert "soft_threshold.observations.json is missing" in report.not_judged[0]


def test_unknown_questions_and_students_are_named(graded):
    with pytest.raises(CourseError, match="has no question 'Z'; it has A, "):
        regrade(graded.course, graded.assignment, "Z")
    with pytest.raises(CourseError, match="not graded yet: nobody"):
        regrade(graded.course, graded.assignment, "A", ["nobody"])


def test_a_submission_cannot_bring_observations_of_its_own(graded, outcomes):
    """What a worker read at its end is the grader's; a file of that name in the submission does not get there."""
    graded.submit("ada", graded.reference, soft_threshold__observations__json='{"format": 1, "answers": {}}')
    ignore = graded.course.directory(graded.assignment).ignore
    parcel = read_parcel(graded.root / "submitted" / "ada" / graded.assignment, "ada", graded.assignment, ignore)
    assert not [entry.name for entry in parcel.entries if "observations" in entry.name]


def test_the_command_says_how_many_were_judged_and_who_was_not(graded):
    run = graded.gradus("grade", graded.assignment, "--question", "A")
    assert run.returncode == 1
    assert "A of soft_threshold: judged 3 answers anew, and 0 got other points." in run.stdout
    assert "not judged anew: dan: no answer was observed" in run.stderr
