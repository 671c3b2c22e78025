"""Submissions are handed out, whatever becomes of the workers."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager

import pytest

from gradus_staff.farm.outcome import Outcome
from gradus_staff.farm.pack import Pack
from gradus_staff.farm.parcel import Parcel, lay_out, read_parcel
from gradus_staff.farm.run import hand_out

PACK = Pack("exam", {}, b"", "")


class Crew(Executor):
    """Answers at once. deadly: student -> how often the worker is lost, and all the others' answers with it."""

    def __init__(self, deadly=(), error=None):
        self.deadly, self.error = dict(deadly), error
        self.hires, self.seen, self.most = 0, [], 0

    def width(self):
        return 3

    @contextmanager
    def hired(self):
        self.hires += 1
        self.is_broken = False
        self.open = []
        yield self

    def share(self, executor, value):
        return value

    def submit(self, fn, /, *args, **kwargs):
        student = args[1].student
        if self.is_broken:
            raise BrokenExecutor("lost before")
        self.seen.append(student)
        future = Future()
        if self.deadly.get(student, 0) > 0:
            self.deadly[student] -= 1
            self.is_broken = True
            future.set_exception(BrokenExecutor("lost"))
        elif self.error:
            future.set_exception(self.error)
        else:
            future.set_result(Outcome(student, "exam"))
        return future


def parcels(number):
    return iter([Parcel(f"s{index}", "exam", ()) for index in range(number)])


def test_everybody_gets_an_outcome():
    assert sorted(one.student for one in hand_out(Crew(), PACK, parcels(7))) == [f"s{n}" for n in range(7)]


def test_nobody_is_hired_where_there_is_nothing_to_do():
    crew = Crew()
    assert list(hand_out(crew, PACK, parcels(0))) == []
    assert crew.hires == 0


def test_a_lost_worker_is_replaced_and_its_submission_tried_again():
    crew = Crew({"s2": 1})
    outcomes = {one.student: one.problem for one in hand_out(crew, PACK, parcels(7))}
    assert outcomes == {f"s{n}": "" for n in range(7)}
    assert crew.hires == 2 and crew.seen.count("s2") == 2


def test_a_submission_that_kills_every_worker_is_given_up_and_the_others_are_graded():
    outcomes = {one.student: one.problem for one in hand_out(Crew({"s2": 99}), PACK, parcels(7))}
    assert [student for student, problem in outcomes.items() if problem] == ["s2"]
    assert "was lost 3 times" in outcomes["s2"] and len(outcomes) == 7


def test_an_error_of_the_grader_is_a_sentence():
    outcomes = list(hand_out(Crew(error=KeyError("nothing")), PACK, parcels(2)))
    assert all("the grader failed: KeyError" in one.problem for one in outcomes) and len(outcomes) == 2


def test_no_more_is_read_than_is_on_its_way():
    read = []

    def slowly():
        for parcel in parcels(50):
            read.append(parcel.student)
            yield parcel

    outcomes = hand_out(Crew(), PACK, slowly())
    next(outcomes)
    assert len(read) <= 5


def test_a_submission_travels_as_bytes_and_arrives_as_it_was(tmp_path):
    folder = tmp_path / "ada"
    (folder / "data").mkdir(parents=True)
    (folder / "exam.ipynb").write_bytes(b"\x00\xff")
    (folder / "data" / "notes.txt").write_text("ä")
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "left.pyc").write_bytes(b"")
    with (folder / "huge.ipynb").open("wb") as file:
        file.truncate(65 * 2**20)
    parcel = read_parcel(folder, "ada", "exam", ["*.pyc"])
    assert sum(len(entry.content or b"") for entry in parcel.entries) < 10
    lay_out(parcel, tmp_path / "there")
    there = tmp_path / "there"
    assert (there / "exam.ipynb").read_bytes() == b"\x00\xff"
    assert (there / "data" / "notes.txt").read_text() == "ä"
    assert (there / "link.txt").is_symlink() and not (there / "link.txt").exists()
    assert (there / "huge.ipynb").stat().st_size == 65 * 2**20
    assert not (there / "left.pyc").exists()


@pytest.mark.parametrize("change", ["content", "name", "link"])
def test_another_submission_has_another_digest(tmp_path, change):
    (tmp_path / "exam.ipynb").write_text("1")
    before = read_parcel(tmp_path, "ada", "exam", []).digest()
    assert read_parcel(tmp_path, "ada", "exam", []).digest() == before
    if change == "content":
        (tmp_path / "exam.ipynb").write_text("2")
    elif change == "name":
        (tmp_path / "exam.ipynb").rename(tmp_path / "other.ipynb")
    else:
        (tmp_path / "more").symlink_to("exam.ipynb")
    assert read_parcel(tmp_path, "ada", "exam", []).digest() != before
