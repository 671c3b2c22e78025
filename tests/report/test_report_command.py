"""`gradus report` after `gradus grade`, on a class of four."""

import csv
import json

import pytest
from classroom import Classroom
from typer.testing import CliRunner

from gradus_staff.cli import app
from gradus_staff.course import CourseError
from gradus_staff.report import gather
from gradus_staff.sample_class import set_due_date

pytestmark = pytest.mark.kernel

EVE = "eve <img src=x onerror=alert(1)>"
_WORDS = "<script>alert(3)</script>"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("course"))
    set_due_date(room.course, "soft_threshold")
    with pytest.raises(CourseError) as room.before:
        gather(room.course, "soft_threshold")
    room.submit("ann", room.from_corpus("right/loops"), timestamp__txt="2026-03-01 12:00:00 UTC")
    room.submit("bob", room.from_corpus("wrong/lost_sign"), timestamp__txt="2026-03-03 00:00:00 UTC")
    room.submit(EVE, room.answered(C_answer=f"def check(*arguments):\n    raise RuntimeError({_WORDS!r})"))
    room.submit("cut", "{")
    room.course.folder("submitted", "dan", "soft_threshold").mkdir(parents=True)  # handed in nothing
    room.gradus("grade", "soft_threshold")
    room.submit("zoe", room.blank)  # after the grading
    room.told = room.gradus(
        "report", "soft_threshold", "--output", "named.html", "--names", "--csv", "r.csv", "--json", "r.json"
    )
    again = ["report", "soft_threshold", "--course", str(room.root), "--json", str(room.root / "unnamed.json")]
    assert CliRunner().invoke(app, again).exit_code == 0
    room.named = (room.root / "named.html").read_text(encoding="utf-8")
    room.unnamed = (room.root / "reports" / "soft_threshold.html").read_text(encoding="utf-8")
    return room


def test_before_the_grading_a_sentence_says_what_to_do(room):
    assert str(room.before.value) == "nobody's soft_threshold has been graded yet; run: gradus grade soft_threshold"


def test_the_files_say_what_the_gradebook_says(room):
    assert room.told.returncode == 0, room.told.stderr
    rows = {row["student"]: row for row in csv.DictReader((room.root / "r.csv").open(encoding="utf-8"))}
    for student in ("ann", "bob", EVE, "cut", "dan"):
        scores = room.scores(student)
        assert {name: float(rows[student][name]) for name in scores} == scores
        assert float(rows[student]["points"]) == sum(scores.values())
    assert rows["zoe"]["state"] == "not graded"
    assert rows["ann"]["seconds_late"] == "0"
    assert rows["bob"]["seconds_late"] == "7200"


def test_the_page_names_the_mistake_the_hardest_question_and_who_was_late(room):
    data = json.loads((room.root / "r.json").read_text(encoding="utf-8"))
    held = {one["sentence"]: one["students"] for one in data["misconceptions"]}
    (sentence,) = [one for one in held if one.startswith("The sign of the cube is lost")]
    assert held[sentence] == ["bob"]
    assert sentence in room.unnamed
    assert "2 h" in room.unnamed
    assert [one["label"] for one in data["questions"]] == ["A", "B", "C", "C-figure", "D", "E"]
    assert data["scores"]["number"] == 5
    assert 0 < data["submissions"][0]["seconds"] < 300
    assert "Grading a submission took" in room.unnamed
    assert data["questions"][0]["answers"] == {"passed": 2, "partly": 1}


def test_who_needs_a_human_is_told_in_the_terminal_and_in_the_named_page_only(room):
    data = json.loads((room.root / "r.json").read_text(encoding="utf-8"))
    kinds = {one["kind"]: list(one["students"]) for one in data["needs_a_human"]}
    assert kinds["not graded"] == ["zoe"]
    assert kinds["nothing judged"] == ["cut", "dan"]
    assert kinds["not judged"] == [EVE]
    for word in ("not graded yet: zoe", "nothing could be judged: cut, dan", f"some questions not judged: {EVE}"):
        assert word in room.told.stdout
    unnamed = room.unnamed + (room.root / "unnamed.json").read_text(encoding="utf-8")
    for word in ("zoe", "bob", "alert(1)", "alert(3)"):
        assert word in room.named
        assert word not in unnamed


def test_what_a_student_writes_stays_text(room):
    assert "eve &lt;img src=x onerror=alert(1)&gt;" in room.named
    for page in (room.named, room.unnamed):
        assert "<img" not in page
        assert "<script" not in page
