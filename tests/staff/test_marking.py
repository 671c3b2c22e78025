"""Marks given by hand add up with the judge's, stay within bounds, and are asked for by name."""

import pytest
from classroom import ROOT
from nbgrader.api import Gradebook

from gradus_staff.course import Course, CourseError
from gradus_staff.marking import mark, total, unmarked


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    course = Course(tmp_path)
    with Gradebook(course.db_url, "gradus") as gradebook:
        gradebook.add_assignment("essay")
        gradebook.add_notebook("essay", "essay")
        for name, points, kind in (("A", 6, "code"), ("prose", 4, "markdown")):
            gradebook.add_grade_cell(name, "essay", "essay", max_score=points, cell_type=kind)
            gradebook.add_solution_cell(name, "essay", "essay")
        gradebook.add_student("ann")
        submission = gradebook.add_submission("essay", "ann")
        for grade in submission.notebooks[0].grades:
            grade.auto_score = 5.0 if grade.name == "A" else None
            grade.needs_manual_grade = grade.name == "prose"
        gradebook.db.commit()
    return course


def test_totals_add_up_before_and_after(course):
    assert unmarked(course, "essay", "ann") == ["prose"]
    before = total(course, "essay", "ann")
    assert (before.automatic, before.by_hand, before.score, before.waiting) == (5, 0, 5, 1)
    mark(course, "essay", "ann", "prose", 3, "Nearly.")
    after = total(course, "essay", "ann")
    assert (after.automatic, after.by_hand, after.score, after.max_score, after.waiting) == (5, 3, 8, 10, 0)


@pytest.mark.parametrize("points", [-1, 5])
def test_points_out_of_range_are_refused(course, points):
    with pytest.raises(CourseError, match="0 to 4 points"):
        mark(course, "essay", "ann", "prose", points)
    assert total(course, "essay", "ann").by_hand == 0


def test_unknown_cells_and_students_are_answered_with_a_sentence(course):
    with pytest.raises(CourseError, match="it has A, prose"):
        mark(course, "essay", "ann", "poem", 1)
    with pytest.raises(CourseError, match="bob has no graded submission"):
        mark(course, "essay", "bob", "prose", 1)
