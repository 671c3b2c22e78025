"""Courses that were not written for Gradus get exactly the scores and the pages that nbgrader gives."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook

pytestmark = pytest.mark.kernel


def _nbgrader(folder, *arguments):
    return subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=folder, capture_output=True, text=True,
                          timeout=600, check=False)  # fmt: skip


def _scores(folder):
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_the_quickstart_course_gets_nbgraders_own_scores(tmp_path, root):
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    assert _nbgrader(tmp_path, "quickstart", "plain", "--autotest").returncode in (0, 1)
    if not plain.exists():
        assert _nbgrader(tmp_path, "quickstart", "plain").returncode == 0
    for name in ("ann", "bob"):
        shutil.copytree(plain / "source" / "ps1", plain / "submitted" / name / "ps1")
    path = plain / "submitted" / "bob" / "ps1" / "problem1.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("return [i**2 for i in range(1, n + 1)]", "return [i for i in range(n)]")
    nbformat.write(notebook, path)
    assert _nbgrader(plain, "generate_assignment", "ps1").returncode == 0
    shutil.copytree(plain, ours)
    added = (root / "nbgrader_config.py").read_text()
    with (ours / "nbgrader_config.py").open("a") as config:
        config.write("\n" + added)
    for folder in (plain, ours):
        outcome = _nbgrader(folder, "autograde", "ps1")
        assert outcome.returncode == 0, outcome.stderr[-2000:]
    scores = _scores(plain)
    assert len({value for value, _ in scores.values()}) > 1
    assert _scores(ours) == scores
    for folder in (plain, ours):
        assert _nbgrader(folder, "generate_feedback", "ps1", "--student", "bob").returncode == 0
    page = "feedback/bob/ps1/problem1.html"
    assert (ours / page).read_text() == (plain / page).read_text()
