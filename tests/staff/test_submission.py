"""Whatever a submitted file holds, a clean notebook comes out, and a sentence for what was mended."""

import json
import os

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradus_staff.blueprint import Blueprint, SourceCell, asked_question
from gradus_staff.submission import read_submission

GRADE = SourceCell("A", "code", 'judge("A", f)', True, False, False, True, 8.0, "A")
ANSWER = SourceCell("A-answer", "code", "def f(): ...", False, True, False, False)
BLUEPRINT = Blueprint("soft", "soft", {"A-answer": ANSWER, "A": GRADE})


def _file(tmp_path, cells, **notebook):
    path = tmp_path / "soft.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **notebook}))
    return path


def _cell(source, grade_id=None, cell_type="code", **settings):
    metadata = {"nbgrader": {"grade_id": grade_id, **settings}} if grade_id else {}
    return {"cell_type": cell_type, "source": source, "metadata": metadata, "outputs": [{"boo": 1}]}


def test_points_locks_and_schema_come_from_the_blueprint(tmp_path):
    path = _file(tmp_path, [_cell("x", "A", points=1000, locked=False, schema_version=99, grade=False)])
    (cell,) = read_submission(path, BLUEPRINT).notebook.cells
    assert cell.source == 'judge("A", f)'
    assert cell.metadata["nbgrader"] == GRADE.metadata()
    assert cell.metadata["nbgrader"]["points"] == 8


def test_an_answer_keeps_its_source_and_loses_everything_else(tmp_path):
    path = _file(
        tmp_path, [{**_cell("mine", "A-answer"), "metadata": {"tags": ["x"], "nbgrader": {"grade_id": "A-answer"}}}]
    )
    (cell,) = read_submission(path, BLUEPRINT).notebook.cells
    assert (cell.source, cell.outputs) == ("mine", [])
    assert set(cell.metadata) == {"nbgrader"}


def test_a_new_cell_with_a_forged_grade_id_is_a_plain_cell(tmp_path):
    path = _file(tmp_path, [_cell("y", "bonus", points=100, grade=True)])
    assert "nbgrader" not in read_submission(path, BLUEPRINT).notebook.cells[0].metadata


def test_the_last_of_several_counts(tmp_path):
    path = _file(tmp_path, [_cell("one", "A-answer"), _cell("two", "A-answer")])
    submission = read_submission(path, BLUEPRINT)
    assert [("nbgrader" in cell.metadata, cell.source) for cell in submission.notebook.cells] == [
        (False, "one"),
        (True, "two"),
    ]
    assert "more than once" in submission.notes["A-answer"][0]


def test_missing_cells_are_put_back_on_request(tmp_path):
    path = _file(tmp_path, [_cell("first"), _cell("mine", "A-answer"), _cell("last")])
    assert len(read_submission(path, BLUEPRINT).notebook.cells) == 3
    restored = read_submission(path, BLUEPRINT, restore_missing=True).notebook
    assert [cell.source for cell in restored.cells] == ["first", "mine", 'judge("A", f)', "last"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '"x"', "{}", '{"cells": {}}', "[" * 10_000, "\x00", '{"worksheets": 3}']
)
def test_what_is_not_a_notebook_is_said(tmp_path, text):
    path = tmp_path / "soft.ipynb"
    path.write_text(text)
    submission = read_submission(path, BLUEPRINT)
    assert submission.problem.startswith("The submitted file soft.ipynb could not be read: it")
    nbformat.validate(submission.notebook)


def test_links_devices_and_bytes_are_said(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_text("{}")
    link = tmp_path / "soft.ipynb"
    link.symlink_to(secret)
    assert "not a plain file" in read_submission(link, BLUEPRINT).problem
    fifo = tmp_path / "fifo.ipynb"
    os.mkfifo(fifo)
    assert "not a plain file" in read_submission(fifo, BLUEPRINT).problem
    raw = tmp_path / "raw.ipynb"
    raw.write_bytes(b"\xff\xfe\x00")
    assert "not text in UTF-8" in read_submission(raw, BLUEPRINT).problem


def test_ten_thousand_cells_are_too_many(tmp_path):
    assert "10000 cells" in read_submission(_file(tmp_path, [_cell("x")] * 10_000), BLUEPRINT).problem


names = st.sampled_from(["cell_type", "source", "metadata", "nbgrader", "grade_id", "attachments", "outputs"])
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(junk, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_junk_becomes_a_valid_notebook(tmp_path, cells):
    submission = read_submission(_file(tmp_path, cells), BLUEPRINT)
    nbformat.validate(submission.notebook)


@pytest.mark.parametrize(
    ("source", "name"),
    [('check("A", f)\njudge("A", f)', "A"), ("judge('B-2', f)", "B-2"), ("x = 1", None), ("judge(", None),
     ("judge(name, f)", None), ("self.judge('A', f)", None), ("# judge('A', f)", None)],
)  # fmt: skip
def test_the_question_is_read_from_the_call_itself(source, name):
    assert asked_question(source) == name
