"""`gradus grade` leaves what `nbgrader autograde` leaves: the same gradebook, the same files."""

from __future__ import annotations

import datetime

import pytest
from classroom import Classroom
from pupils import CLASS, fill_class
from state import files_of, gradebook_of

from gradus_staff.marking import mark

pytestmark = pytest.mark.kernel

_LATE = '\nc.AssignLatePenalties.plugin_class = "gradus_staff.late.LateDays"\nc.LateDays.percent_a_day = 25.0\n'


def _course(root):
    room = Classroom(root / "course")
    with (room.root / "nbgrader_config.py").open("a") as config:
        config.write(_LATE)
    (room.root / ".gradus").mkdir()
    (room.root / ".gradus" / "secret").write_text("the same for both courses, or the hidden inputs would differ")
    with room.course.gradebook() as gradebook:
        due = datetime.datetime(2030, 1, 1, 12, 0)
        gradebook.update_or_create_assignment(room.assignment, duedate=due)
    return fill_class(room)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same class graded by nbgrader and by two workers of ours; a mark was given by hand in between, both times."""
    theirs, ours = (_course(tmp_path_factory.mktemp(name)) for name in ("theirs", "ours"))
    for turn in (1, 2):
        run = theirs.nbgrader("autograde", theirs.assignment, "--force")
        assert run.returncode == 0, run.stderr[-3000:]
        run = ours.gradus("grade", ours.assignment, "--jobs", "2", "--force")
        assert run.returncode == 1, run.stderr[-3000:]  # dan's file cannot be read
        for room in (theirs, ours):
            if turn == 1:
                mark(room.course, room.assignment, "bob", "A", 5.5, "Well, half a sign.")
    return theirs, ours


def test_the_gradebooks_are_the_same(both):
    theirs, ours = map(gradebook_of, both)
    assert set(theirs) == set(CLASS)
    assert ours == theirs


def test_the_gradebook_holds_what_there_is_to_hold(both):
    """Or the comparison would be of two empty ones."""
    book = gradebook_of(both[1])
    bob = book["bob"]["notebooks"]["soft_threshold"]
    assert book["ada"]["score"] == 40 and book["cyd"]["score"] == 0
    assert bob["grades"]["A"][1] == 5.5 and bob["grades"]["A"][3] and bob["comments"]
    assert bob["penalty"] > 0 and book["ada"]["notebooks"]["soft_threshold"]["penalty"] is None
    assert "No response." in str(book["cyd"]["notebooks"]["soft_threshold"]["comments"])


def test_the_autograded_files_are_the_same(both):
    theirs, ours = map(files_of, both)
    assert list(ours) == list(theirs)
    for name, (mode, content) in theirs.items():
        assert ours[name] == (mode, content), name
