"""The commands, run as their users run them."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from classroom import ROOT, Classroom

pytestmark = pytest.mark.kernel

GRADUS = [sys.executable, "-c", "from gradus.cli import main; main()"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return Classroom(tmp_path_factory.mktemp("course"))


def _validate(room, notebook):
    path = room.root / "mine.ipynb"
    nbformat.write(notebook, path)
    return room.nbgrader("validate", str(path))


def test_validate_fails_where_a_check_fails_and_shows_a_sentence_without_a_traceback(room):
    wrong = "def soft_threshold(y, T):\n    return torch.relu(y - T) ** 2"
    notebook = room.blank
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "A-answer":
            cell.source = wrong
    notebook.cells = notebook.cells[:8]
    shown = _validate(room, notebook).stdout
    assert "VALIDATION FAILED" in shown
    assert "below: at y = -3.2, T = 2.81\n        expected -0.059319, got 0" in shown
    assert "Check A: 2 of 4 examples as expected." in shown
    assert "File " not in shown


def test_validate_passes_where_every_check_passes(room):
    notebook = room.reference
    for cell in notebook.cells:
        start = cell.source.find("### BEGIN HIDDEN TESTS")
        cell.source = cell.source[:start].rstrip() if start > 0 else cell.source
    outcome = _validate(room, notebook)
    assert "Success" in outcome.stdout, outcome.stdout


def test_the_release_holds_no_solution_no_judge_and_no_hidden_test(room):
    text = room.released.read_text()
    assert "judge(\\" not in text
    assert "HIDDEN" not in text
    assert "SOLUTION" not in text
    assert "torch.where(y > T, above" not in text
    assert [path.name for path in room.released.parent.iterdir()] == ["soft_threshold.ipynb"]


def test_release_refuses_reference_answers_that_lose_points(room, tmp_path):
    broken = Classroom(tmp_path / "broken")
    path = broken.root / "source" / "soft_threshold" / "soft_threshold.ipynb"
    path.write_text(path.read_text().replace("above = (y - T) ** 2", "above = (y - T) ** 3"))
    outcome = broken.gradus("release", "soft_threshold")
    assert outcome.returncode == 2
    assert "the reference answers of soft_threshold lose points: A gets" in outcome.stderr


def test_release_proves_and_writes(room):
    outcome = room.gradus("release", "soft_threshold")
    assert outcome.returncode == 0, outcome.stderr
    assert "full marks" in outcome.stdout


def test_notebooks_are_built_checked_and_pulled_from_the_command_line(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [*GRADUS, *arguments, "--course", str(tmp_path)], capture_output=True, text=True, check=False
        )

    assert run("notebooks", "check", "soft_threshold").returncode == 1
    assert run("notebooks", "build", "soft_threshold").returncode == 0
    assert run("notebooks", "check", "soft_threshold").returncode == 0
    unknown = run("notebooks", "build", "no_such")
    assert unknown.returncode == 2
    assert "known are:" in unknown.stderr


def test_doctor_lists_what_is_there_and_what_a_lack_costs(monkeypatch):
    outcome = subprocess.run([*GRADUS, "doctor", "--json"], capture_output=True, text=True, check=False)
    findings = {finding["name"]: finding for finding in json.loads(outcome.stdout)}
    assert outcome.returncode == 0
    assert {"Python", "torch", "nbgrader", "bubblewrap", "chromium", "GRADUS_DATA"} <= set(findings)
    bare = subprocess.run([*GRADUS, "doctor", "--json"], capture_output=True, text=True, check=False, env={"PATH": ""})
    findings = {finding["name"]: finding for finding in json.loads(bare.stdout)}
    assert "not installed" in findings["bubblewrap"]["found"]
    assert findings["bubblewrap"]["cost"]


def test_the_students_wheel_alone_answers_its_command_with_a_sentence(tmp_path):
    shutil.copytree(ROOT / "lib" / "gradus", tmp_path / "gradus", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if not p.endswith('/lib')]; from gradus.cli import main; main()"
    )
    outcome = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert "students' package" in outcome.stderr


def test_the_demo_grades_ten_and_names_five_mistakes(tmp_path):
    outcome = subprocess.run([*GRADUS, "demo", str(tmp_path / "demo")], capture_output=True, text=True, check=False,
                             env={**os.environ, "COLUMNS": "500"})  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    shown = outcome.stdout
    for sentence in ("Both sides are squared", "The sign of the cube is lost", "The inverse is computed once",
                     "PyTorch answers None", "M is not an nn.Parameter", "There is no answer yet", "not complete JSON",
                     "it ran for longer than 10 s", "Graded 10 submissions in"):  # fmt: skip
        assert sentence in shown, sentence
    assert shown.count("40 of 40") == 2
    assert "54 points by the judge and 5 by hand for 2 prose answers make 59 of 60" in shown
    pages = list((tmp_path / "demo" / "feedback").glob("*/soft_threshold/soft_threshold.html"))
    assert len(pages) == 10
    grades = (tmp_path / "demo" / "grades.csv").read_text()
    assert all(name in grades for name in ("ada", "jill"))
    again = subprocess.run([*GRADUS, "demo", str(ROOT / "docs")], capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "is no demo course" in again.stderr
