"""Nothing is done twice, and nothing that changed is left as it was."""

from __future__ import annotations

import shutil

import pytest
from recorded import Recorded
from state import files_of, gradebook_of

from gradus_staff.farm import pack
from gradus_staff.farm.record import record_path
from gradus_staff.grading import Onlooker, grade_class
from gradus_staff.marking import mark

pytestmark = pytest.mark.kernel


@pytest.fixture
def graded(room, outcomes):
    crew = Recorded(outcomes)
    grade_class(room.course, room.assignment, crew=crew, resume=True)
    assert crew.seen == ["ada", "bob", "cyd", "dan"]
    return room


def again(room, outcomes, resume=True):
    """Whose submissions are graded by another run."""
    crew = Recorded(outcomes)
    results = grade_class(room.course, room.assignment, crew=crew, resume=resume)
    assert [graded.student for graded in results] == ["ada", "bob", "cyd", "dan"]
    assert results[0].points == 40 and results[1].points < 40 and results[3].status == "failed"
    return crew.seen


def test_what_is_graded_and_unchanged_is_left_out(graded, outcomes):
    before = files_of(graded), gradebook_of(graded)
    assert again(graded, outcomes) == []
    assert (files_of(graded), gradebook_of(graded)) == before


def test_force_grades_everybody(graded, outcomes):
    assert again(graded, outcomes, resume=False) == ["ada", "bob", "cyd", "dan"]


def test_another_submission_is_graded_again(graded, outcomes):
    graded.submit("bob", graded.from_corpus("wrong/squares_both_sides"))
    assert again(graded, outcomes) == ["bob"]


def test_a_submission_whose_files_or_scores_are_gone_is_graded_again(graded, outcomes):
    shutil.rmtree(graded.root / "autograded" / "ada")
    with graded.course.gradebook() as gradebook:
        gradebook.remove_submission(graded.assignment, "cyd")
    assert again(graded, outcomes) == ["ada", "cyd"]


def test_an_autograded_notebook_that_somebody_has_changed_is_written_again(graded, outcomes):
    path = graded.root / "autograded" / "bob" / graded.assignment / f"{graded.assignment}.ipynb"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("soft", "hard"))
    assert again(graded, outcomes) == ["bob"]


def test_another_configuration_key_or_due_date_grades_everybody(graded, outcomes, monkeypatch):
    graded.course.config.Execute.timeout = 77
    assert len(again(graded, outcomes)) == 4
    monkeypatch.setattr(pack, "sources_digest", lambda: "another key")
    assert len(again(graded, outcomes)) == 4
    with graded.course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(graded.assignment, duedate="2031-01-01 00:00:00 UTC")
    assert len(again(graded, outcomes)) == 4


def test_more_time_for_one_student_grades_that_one(graded, outcomes):
    with graded.course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(graded.assignment, duedate="2030-01-01 00:00:00 UTC")
    again(graded, outcomes)
    with graded.course.gradebook() as gradebook:
        gradebook.grant_extension(graded.assignment, "bob", days=3)
    assert again(graded, outcomes) == ["bob"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"content": 1}'])
def test_a_record_that_cannot_be_read_counts_as_none(graded, outcomes, text):
    record_path(graded.course, graded.assignment, "ada").write_text(text)
    assert again(graded, outcomes) == ["ada"]


def test_a_submission_that_fails_leaves_no_old_file_and_no_old_score(graded, outcomes):
    (graded.root / "submitted" / "ada" / graded.assignment / f"{graded.assignment}.ipynb").unlink()
    broken = {**outcomes, "ada": type(outcomes["ada"])("ada", graded.assignment, "there is no notebook")}
    results = grade_class(graded.course, graded.assignment, crew=Recorded(broken), resume=True)
    assert (results[0].status, results[0].points) == ("failed", 0)
    assert results[0].message == "ada/soft_threshold: there is no notebook"
    assert not (graded.root / "autograded" / "ada" / graded.assignment).exists()
    assert gradebook_of(graded)["ada"]["score"] == 0


def test_a_mark_that_is_given_while_the_class_is_graded_is_not_lost(graded, outcomes):
    class Marker(Onlooker):
        def ends(self, graded_one, is_new):
            if graded_one.student == "ada":
                mark(graded.course, graded.assignment, "bob", "A", 7.5)

    grade_class(graded.course, graded.assignment, crew=Recorded(outcomes), onlooker=Marker())
    assert gradebook_of(graded)["bob"]["notebooks"]["soft_threshold"]["grades"]["A"][1] == 7.5
