"""A student's folder: what nobody has changed is replaced, what somebody has changed stays."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from classroom import ROOT

from gradus_staff.course import Course, CourseError
from gradus_staff.lab.handout import assignments_in, hand_out, released, require_students_folder


class Handout:
    """A student's folder and the version of an assignment that is handed out next."""

    def __init__(self, root: Path) -> None:
        self.folder, self.new = root / "student", root / "new"
        self.new.mkdir()

    def version(self, *sources: str) -> list[str]:
        """Hand out a notebook with these cells; the sentences that were said."""
        cells = [nbformat.v4.new_code_cell(source, id=f"cell{k}") for k, source in enumerate(sources)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), self.new / "first.ipynb")
        return hand_out(self.folder, "first", self.new)

    def edit(self, source: str, name: str = "first.ipynb") -> None:
        notebook = nbformat.read(self.folder / "first" / name, as_version=4)
        notebook.cells[0].source = source
        nbformat.write(notebook, self.folder / "first" / name)

    def has(self) -> dict[str, str]:
        paths = sorted((self.folder / "first").iterdir())
        return {path.name: nbformat.read(path, as_version=4).cells[0].source for path in paths}


@pytest.fixture
def handout(tmp_path) -> Handout:
    return Handout(tmp_path)


def test_a_notebook_that_nobody_changed_is_replaced(handout):
    assert handout.version("one") == []
    assert handout.version("two") == []
    assert handout.has() == {"first.ipynb": "two"}


def test_a_changed_notebook_stays_and_the_new_version_goes_beside_it_once(handout):
    handout.version("one")
    handout.edit("mine")
    assert handout.version("one") == []
    assert handout.has() == {"first.ipynb": "mine"}
    (sentence,) = handout.version("two")
    assert "first/first.ipynb has been changed, so it stays" in sentence and "first-new.ipynb" in sentence
    assert handout.version("two") == []
    assert handout.has() == {"first.ipynb": "mine", "first-new.ipynb": "two"}


def test_a_new_version_that_was_taken_away_does_not_come_back(handout):
    handout.version("one")
    handout.edit("mine")
    handout.version("two")
    (handout.folder / "first" / "first-new.ipynb").unlink()
    assert handout.version("two") == []
    assert handout.has() == {"first.ipynb": "mine"}


def test_a_third_version_replaces_the_second_unless_that_was_changed_too(handout):
    handout.version("one")
    handout.edit("mine")
    handout.version("two")
    assert len(handout.version("three")) == 1
    assert handout.has() == {"first.ipynb": "mine", "first-new.ipynb": "three"}
    handout.edit("mine, too", "first-new.ipynb")
    assert len(handout.version("four")) == 1
    assert handout.has() == {"first.ipynb": "mine", "first-new.ipynb": "mine, too", "first-new-2.ipynb": "four"}


def test_outputs_are_no_change_and_another_cell_is(handout):
    handout.version("one", "and more")
    path = handout.folder / "first" / "first.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="1")]
    notebook.cells[0].execution_count = 1
    nbformat.write(notebook, path)
    assert handout.version("two", "and more") == []
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("my own", id="mine"))
    nbformat.write(notebook, path)
    assert len(handout.version("three", "and more")) == 1
    assert handout.has() == {"first.ipynb": "two", "first-new.ipynb": "three"}


def test_where_nothing_is_remembered_every_other_file_counts_as_changed(handout):
    handout.version("one")
    (handout.folder / ".gradus-lab" / "handed-out.json").write_text("{", encoding="utf-8")
    assert len(handout.version("two")) == 1
    assert handout.has() == {"first.ipynb": "one", "first-new.ipynb": "two"}


def test_a_file_that_is_no_notebook_any_more_stays(handout):
    handout.version("one")
    broken = handout.folder / "first" / "first.ipynb"
    broken.write_text('{"cells": [', encoding="utf-8")
    assert len(handout.version("two")) == 1
    assert broken.read_text(encoding="utf-8") == '{"cells": ['


@pytest.fixture
def course(tmp_path) -> Course:
    """A course with one assignment, which does not have the first day's page."""
    root = tmp_path / "course"
    shutil.copytree(ROOT / "source" / "soft_threshold", root / "source" / "soft_threshold")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return Course(root)


def test_what_is_handed_out_is_nbgraders_release_and_the_course_stays_as_it_is(course, tmp_path):
    before = sorted(path.name for path in course.root.rglob("*"))
    assert assignments_in(course) == ["00_start_here", "soft_threshold"]
    for assignment in assignments_in(course):
        text = (released(course, assignment, tmp_path / "scratch") / f"{assignment}.ipynb").read_text(encoding="utf-8")
        assert "YOUR CODE HERE" in text
        assert not [word for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "judge(") if word in text]
        graded = [cell for cell in json.loads(text)["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
        assert all(cell["metadata"]["nbgrader"]["checksum"] for cell in graded)
    assert sorted(path.name for path in course.root.rglob("*") if "pycache" not in str(path)) == before


def test_an_assignment_that_is_not_there_is_said(course, tmp_path):
    with pytest.raises(CourseError, match=r"there is no notebook in .*soft_treshold"):
        released(course, "soft_treshold", tmp_path / "scratch")


@pytest.mark.parametrize("place", [".", "..", "source", "source/soft_threshold", "release/mine"])
def test_a_students_folder_is_not_where_the_staffs_files_are(course, place):
    with pytest.raises(CourseError, match="no place for a student's folder"):
        require_students_folder((course.root / place).resolve(), course)
    require_students_folder(course.root / "as-a-student", course)
