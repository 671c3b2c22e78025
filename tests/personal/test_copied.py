"""A copied notebook is graded with the copier's own numbers, and the verdict says whose numbers it holds."""

import re

import pytest

from gradus.personal import numbers_of
from gradus_staff.key import conv_pool_typed
from gradus_staff.notebook_text import read_text
from gradus_staff.rehearsal import grade_in_process
from gradus_staff.student import Student, version_in

CLASS = ("ann", "bob", "carl")


def _notebook(version="personal"):
    """The assignment with the instructor's switch thrown."""
    notebook = read_text("conv_pool_by_hand")
    for cell in notebook.cells:
        cell.source = cell.source.replace('version="fixed"', f'version="{version}"')
    return notebook


def _typed_by(student):
    """The notebook with this student's right answers typed in as literal numbers."""
    n = numbers_of("conv_pool_by_hand", student, "gradus")
    answers = {
        "1C": f"C = {conv_pool_typed.c_of(n)}",
        "1D": f"dE_dA = {conv_pool_typed.gradient_of(n)}",
        "3A": f"size = ({n.size_3a.output}, {n.size_3a.output})",
    }
    notebook = _notebook()
    for cell in notebook.cells:
        name, _, kind = cell.metadata.get("nbgrader", {}).get("grade_id", "").rpartition("-")
        if kind == "answer" and name in answers:
            cell.source = answers[name]
    return notebook


def test_everybodys_own_right_answers_get_full_marks():
    for student in ("ann", "bob"):
        verdicts = grade_in_process("conv_pool_by_hand", _typed_by(student), student=student, classmates=CLASS)
        assert {name: v.points for name, v in verdicts.items() if v.status != "passed"} == {}


def test_a_copied_notebook_loses_the_points_and_the_owner_is_named():
    verdicts = grade_in_process("conv_pool_by_hand", _typed_by("ann"), student="bob", classmates=CLASS)
    for name in ("1C", "1D"):
        assert verdicts[name].points < verdicts[name].max_points
        assert any("right for ann, not for you" in sentence for sentence in verdicts[name].misconceptions)
    assert verdicts["3B"].status == "passed"  # computed there from the numbers of whoever runs it


def test_what_the_notebook_says_of_its_student_changes_nothing():
    notebook = _typed_by("ann")
    for cell in notebook.cells:
        if "your_numbers(" in cell.source and cell.cell_type == "code":
            cell.source = 'import os\nos.environ["GRADUS_STUDENT"] = "ann"\n' + cell.source
    verdicts = grade_in_process("conv_pool_by_hand", notebook, student="bob", classmates=CLASS)
    assert verdicts["1C"].points < verdicts["1C"].max_points


def test_the_lectures_numbers_are_recognised_where_own_ones_were_given():
    notebook = _notebook()
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "1C-answer":
            cell.source = "C = [[109, 92, 72], [108, 85, 74], [110, 74, 79]]"
    (verdict,) = [
        v for n, v in grade_in_process("conv_pool_by_hand", notebook, student="bob").items() if n == "1C"
    ]  # fmt: skip
    assert any("numbers of the lecture" in sentence for sentence in verdict.misconceptions)


def test_in_the_fixed_version_nobody_is_named():
    student = Student("bob", "gradus", "fixed", CLASS)
    assert student.owners("conv_pool_by_hand", lambda numbers: True) == []


def test_the_switch_is_read_from_the_instructors_cell():
    cells = [cell.source for cell in _notebook().cells if cell.cell_type == "code"]
    assert version_in(cells) == ("gradus", "personal")
    assert version_in(["x = 1", "this is no python your_numbers("]) == ("", "fixed")
    with pytest.raises(ValueError, match=re.escape("'mine'")):
        version_in(['your_numbers("a", course="c", version="mine")'])
