"""`gradus grade`: the same points as plain nbgrader, the same twice, and no old grade for a new failure."""

import json
import shutil

import pytest
from classroom import Classroom

from gradus_staff.secret import secret_path

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("course"))
    room.submit("ann", room.from_corpus("right/loops"))
    room.submit("bob", room.from_corpus("wrong/inverse_in_constructor"), timestamp__txt="the day before yesterday")
    room.submit("cut", "{")
    room.first = room.gradus("grade", "soft_threshold", "--json", "first.json")
    return room


def _report(room, name):
    data = json.loads((room.root / name).read_text())
    return {one["student"]: one for one in data["submissions"]}


def test_the_json_file_says_everything(room):
    report = _report(room, "first.json")
    assert report["ann"]["points"] == report["ann"]["max_points"] == 40
    assert report["bob"]["points"] < 40
    question = next(q for q in report["bob"]["questions"] if q["grade_id"] == "D")
    assert question["status"] == "partly"
    assert question["misconceptions"][0].startswith("The inverse is computed once")
    assert {"name", "weight", "passed", "finding"} <= set(question["criteria"][0])
    assert question["max_points"] == 10
    assert question["seconds"] >= 0


def test_a_bad_timestamp_does_not_stop_anybody(room):
    assert _report(room, "first.json")["bob"]["status"] == "graded"


def test_exit_code_1_names_what_could_not_be_graded(room):
    assert room.first.returncode == 1
    assert "cut/soft_threshold" in room.first.stderr
    assert "not complete JSON" in room.first.stderr


def test_exit_code_2_and_a_sentence_for_bad_usage(room):
    for arguments in (["grade", "no_such"], ["grade", "soft_threshold", "--student", "nobody"],
                      ["grade", "soft_threshold", "--course", str(room.root / "source")], ["grade"]):  # fmt: skip
        outcome = room.gradus(*arguments)
        assert outcome.returncode == 2, arguments
        assert "Traceback" not in outcome.stderr


def test_grading_twice_gives_the_same_file_and_plain_nbgrader_the_same_points(room):
    before = {student: room.scores(student) for student in ("ann", "bob", "cut")}
    path = room.root / "autograded" / "bob" / "soft_threshold" / "soft_threshold.ipynb"
    text = _without_times(path.read_text())
    assert room.gradus("grade", "soft_threshold", "--student", "bob").returncode == 0
    assert _without_times(path.read_text()) == text
    (room.root / "submitted" / "bob" / "soft_threshold" / "timestamp.txt").unlink()
    assert room.nbgrader("autograde", "soft_threshold", "--force").returncode == 0
    assert {student: room.scores(student) for student in before} == before


def _without_times(text):
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for data in output.get("data", {}).values():
                if isinstance(data, dict):
                    data.pop("seconds", None)
            output.get("data", {}).pop("image/png", None)
    return notebook


def test_a_submission_that_fails_now_does_not_keep_its_old_score(room):
    room.submit("dan", room.reference)
    assert room.gradus("grade", "soft_threshold", "--student", "dan").returncode == 0
    assert sum(room.scores("dan").values()) == 40
    (room.root / "submitted" / "dan" / "soft_threshold" / "soft_threshold.ipynb").unlink()
    outcome = room.gradus("grade", "soft_threshold", "--student", "dan")
    assert outcome.returncode == 1
    assert "dan/soft_threshold: there is no notebook in the submission" in outcome.stderr
    assert sum(room.scores("dan").values()) == 0


def test_a_deleted_cell_is_put_back_on_request(room):
    notebook = room.reference
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in ("A", "D")]
    room.submit("eve", notebook)
    room.gradus("grade", "soft_threshold", "--student", "eve")
    assert (room.scores("eve")["A"], room.scores("eve")["D"]) == (0, 0)
    room.gradus("grade", "soft_threshold", "--student", "eve", "--add-missing-cells")
    assert (room.scores("eve")["A"], room.scores("eve")["D"]) == (8, 10)


def test_a_lost_secret_changes_the_hidden_inputs_and_nothing_else(room):
    before = room.scores("ann")
    first = secret_path(room.root).read_text()
    shutil.rmtree(secret_path(room.root).parent)
    assert room.gradus("grade", "soft_threshold", "--student", "ann").returncode == 0
    assert secret_path(room.root).read_text() != first
    assert room.scores("ann") == before
