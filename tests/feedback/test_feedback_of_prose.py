"""What a page says of answers that a person marks, and what it never says; made from a gradebook, without kernels."""

import copy

import pytest
from classroom import Classroom

from gradus.judging import Criterion, verdict_from_criteria
from gradus.judging.compare import Finding
from gradus.judging.verdict import VERDICT_MIME
from gradus_staff.feedback.cards import cards_of, visible_source
from gradus_staff.feedback.writing import write_class
from gradus_staff.marking import mark


def _verdict(cell, is_right):
    """A verdict as the judge writes it into a graded cell."""
    missed = None if is_right else Finding("value", "The value is not the right one.")
    points = float(cell.metadata.nbgrader.points)
    verdict = verdict_from_criteria(cell.metadata.nbgrader.grade_id, points, [Criterion("the value", 1, missed)])
    data = {**verdict.to_dict(), "grade_id": cell.metadata.nbgrader.grade_id, "sandbox": "bubblewrap"}
    shown = {"text/plain": str(verdict.points), VERDICT_MIME: data}
    return {"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": 1}, verdict.points


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """ada's autodiff as grading leaves it: unanswered, one question right by chance, prose to be read, a comment."""
    import nbformat

    room = Classroom(tmp_path_factory.mktemp("prose"), "autodiff")
    blank = {cell.metadata.nbgrader.grade_id: cell for cell in room.blank.cells if "nbgrader" in cell.metadata}
    notebook = copy.deepcopy(room.reference)
    points = {}
    for cell in notebook.cells:
        ours = cell.metadata.get("nbgrader", {})
        if ours.get("solution"):
            cell.source = blank[ours.grade_id].source
        if ours.get("grade") and not ours.get("solution"):
            output, points[ours.grade_id] = _verdict(cell, is_right=ours.grade_id == "1B")
            cell.outputs = [nbformat.from_dict(output)]
    folder = room.root / "autograded" / "ada" / "autodiff"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "autodiff.ipynb")
    with room.course.gradebook() as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada <b>", last_name="Lovelace")
        for entry in gradebook.update_or_create_submission("autodiff", "ada").notebooks:
            for grade in entry.grades:
                grade.auto_score = points.get(grade.name)
                grade.needs_manual_grade = grade.name not in points
        gradebook.db.commit()
    mark(room.course, "autodiff", "ada", "1A-steps", 3.0, "Say where $\\frac{dy}{dx}$ comes from.")
    mark(room.course, "autodiff", "ada", "1C", 1.5)
    return room


@pytest.fixture(scope="module")
def page(room):
    assert [written.problem for written in write_class(room.course, "autodiff")] == [""]
    return (room.root / "feedback" / "ada" / "autodiff" / "autodiff.html").read_text(encoding="utf-8")


def _card(page, grade_id):
    start = page.index(f'id="question-{grade_id}"')
    return page[start : page.index("</section>", start)]


def test_an_answer_that_nobody_has_read_waits(page):
    assert "answer to be read" in page
    assert "of 2 points, to be read" in _card(page, "3E-why")


def test_points_and_comments_of_a_person_are_shown(page):
    card = _card(page, "1A-steps")
    assert "3 of 4 points" in card
    assert "Your instructor writes:" in card and "<mfrac>" in card
    assert "by hand; the judge had given 0." in _card(page, "1C") and "1.5 of" in _card(page, "1C")


def test_names_are_text(page):
    assert "Ada &lt;b&gt; Lovelace" in page and "Ada <b>" not in page


def test_nothing_of_the_key_is_on_the_page(page, room):
    for text in ("HIDDEN TESTS", "judge(", "MARK SCHEME", "BEGIN SOLUTION"):
        assert text not in page.replace("import check, judge", "")
    given = "\n".join(cell.source for cell in room.blank.cells)
    for cell in room.reference.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            for line in {line.strip() for line in cell.source.splitlines()}:
                if len(line) > 25 and line not in given:
                    assert line not in page, f"{cell.metadata.nbgrader.grade_id} of the key: {line}"


def test_no_cell_of_any_assignment_shows_what_students_never_had(root):
    import nbformat

    for path in sorted(root.glob("source/*/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        cards_of(notebook, {}, str)
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                assert "HIDDEN TESTS" not in cell.source and "MARK SCHEME" not in cell.source, path
                assert not any(line.lstrip().startswith("judge(") for line in cell.source.splitlines()), path


def test_a_call_of_the_judge_is_cut_out_wherever_it_stands():
    source = 'check("A", f)\n### BEGIN HIDDEN TESTS\nassert f(3) == 9\njudge("A", f)\n### END HIDDEN TESTS\nprint(f(1))'
    assert visible_source(source) == 'check("A", f)\nprint(f(1))'
    assert visible_source('judge("A", f)') == ""
    assert visible_source("f(1)\n### BEGIN HIDDEN TESTS\nassert f(3) == 9") == "f(1)"
