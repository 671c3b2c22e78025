"""A made-up class: the same every time, quick for a thousand, and with the bad days that real classes have."""

import json

import pytest
from classroom import Classroom

from gradus_staff.course import CourseError
from gradus_staff.sample_class import BAD_DAYS, DUE, make_class, set_due_date


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("made"))
    set_due_date(room.course, "soft_threshold")
    room.names = make_class(room.course, "soft_threshold", 100, seed=3)
    return room


def _files(room, number, seed):
    names = make_class(room.course, "soft_threshold", number, seed)
    folders = [room.course.folder("submitted", name, "soft_threshold") for name in names]
    return {path.relative_to(room.root): path.read_bytes() for folder in folders for path in folder.iterdir()}


def test_everybody_has_a_name_and_has_submitted(room):
    assert len(set(room.names)) == 100
    assert room.names == room.course.students("soft_threshold")


def test_the_same_seed_makes_the_same_files_and_another_one_others(room):
    assert _files(room, 12, seed=3) == _files(room, 12, seed=3)
    assert _files(room, 12, seed=3) != _files(room, 12, seed=4)


def test_a_class_is_a_mixture(room):
    papers = []
    for name in room.names:
        path = room.course.folder("submitted", name, "soft_threshold") / "soft_threshold.ipynb"
        papers.append(path.read_text() if path.is_file() else None)
    whole = [paper for paper in papers if paper and paper.rstrip().endswith("}")]
    assert len(set(papers)) > 50
    assert papers.count(None) >= 1
    assert papers.count("") >= 1
    assert len(papers) - len(whole) > papers.count(None) + papers.count("")  # some were cut off
    assert whole.count(max(whole, key=whole.count)) >= 2  # the untouched ones
    assert any("while True:" in paper for paper in whole)
    assert not any("### BEGIN" in paper or "judge(" in paper for paper in whole)
    assert (
        len({len(json.loads(paper)["cells"]) for paper in whole}) == 3
    )  # in some a cell is missing, in some it is there twice


def test_every_bad_day_comes_in_a_class_of_ninety_and_the_first_in_a_class_of_one():
    assert len(BAD_DAYS) <= 9
    assert BAD_DAYS[0] == "untouched"


def test_some_are_late(room):
    late = 0
    for name in room.names:
        text = (room.course.folder("submitted", name, "soft_threshold") / "timestamp.txt").read_text()
        late += text > f"{DUE:%Y-%m-%d %H:%M:%S} UTC"
    assert 5 <= late <= 25


def test_an_assignment_that_is_not_released_is_refused_in_a_sentence(room):
    with pytest.raises(CourseError, match="autodiff is not in the gradebook"):
        make_class(room.course, "autodiff", 3)
