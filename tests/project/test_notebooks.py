"""Notebooks are what their texts say, and ask what the keys know."""

import nbformat
import pytest

from gradus.question import load_questions
from gradus_staff.answer_key import load_keys
from gradus_staff.blueprint import asked_question
from gradus_staff.notebook_text import assignments, build, differs, pull, read_text, text_path

TOTALS = {
    "00_start_here": 4, "autodiff": 60, "soft_threshold": 40, "mlp_ema_sgd": 50, "convnet_batchnorm": 50,
    "text_cnn": 50, "stride_or_pool": 30, "conv_pool_by_hand": 50, "exam": 160,
}  # fmt: skip


@pytest.mark.parametrize("assignment", assignments())
def test_the_committed_notebook_is_what_its_text_says(root, assignment):
    assert differs(root, assignment) == ""


@pytest.mark.parametrize("assignment", assignments())
def test_building_twice_changes_nothing(tmp_path, assignment):
    first = build(tmp_path, assignment).read_text()
    assert build(tmp_path, assignment).read_text() == first


def test_a_changed_notebook_is_noticed_and_can_be_pulled(tmp_path):
    path = build(tmp_path, "soft_threshold")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOne more sentence."
    nbformat.write(notebook, path)
    assert "gradus notebooks pull soft_threshold" in differs(tmp_path, "soft_threshold")
    text = pull(tmp_path, "soft_threshold", tmp_path / "text.py").read_text()
    assert text.replace("\n#\n# One more sentence.", "") == text_path("soft_threshold").read_text()


def test_outputs_are_noticed(tmp_path):
    path = build(tmp_path, "soft_threshold")
    notebook = nbformat.read(path, as_version=4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="hello")]
    nbformat.write(notebook, path)
    assert "holds outputs" in differs(tmp_path, "soft_threshold")


@pytest.mark.parametrize("assignment", assignments())
def test_notebook_questions_and_key_name_the_same_questions(assignment):
    notebook = read_text(assignment)
    asked = [asked_question(c.source) for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    asked = [name for name in asked if name]
    assert len(asked) == len(set(asked))
    assert set(asked) == set(load_keys(assignment)) == set(load_questions(assignment))


@pytest.mark.parametrize("assignment", assignments())
def test_points_add_up_and_every_graded_code_cell_asks_a_judge(assignment):
    notebook = read_text(assignment)
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    total = sum(cell.metadata.nbgrader.points for cell in graded)
    assert total == TOTALS.get(assignment, total)  # of a new one, gradus lint compares it with the text
    for cell in graded:
        if cell.cell_type == "code":
            name = asked_question(cell.source)
            assert name, f"{cell.metadata.nbgrader.grade_id} is full marks for silence"
            assert cell.metadata.nbgrader.locked
            visible = cell.source.split("### BEGIN HIDDEN TESTS")[0]
            assert "judge(" not in visible


@pytest.mark.parametrize("assignment", assignments())
def test_nothing_of_a_solution_or_a_marking_scheme_stays_in_the_release(assignment):
    notebook = read_text(assignment)
    for cell in notebook.cells:
        assert cell.source.count("### BEGIN SOLUTION") == cell.source.count("### END SOLUTION")
        assert cell.source.count("### BEGIN MARK SCHEME") == cell.source.count("### END MARK SCHEME")
        if "### BEGIN SOLUTION" in cell.source:
            assert cell.metadata.get("nbgrader", {}).get("solution"), cell.source[:80]


@pytest.mark.parametrize("assignment", assignments())
def test_a_keys_weights_belong_to_its_cases(assignment):
    import numpy as np

    for name, key in load_keys(assignment).items():
        criteria = {case.criterion for case in key.cases(np.random.default_rng(0))}
        assert criteria == set(key.criteria) | set(key.bonus), name
        assert all(weight > 0 for weight in [*key.criteria.values(), *key.bonus.values()])
