"""`gradus new assignment` writes an assignment that is green at once; here in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from gradus_staff.course import CourseError
from gradus_staff.skeleton import plan

NAME = "residual_networks"


def run(copy, *command):
    """Run a command in the copy, with the copy's packages."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "lib"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=500, check=False)


def gradus(copy, *arguments):
    return run(copy, sys.executable, "-c", "from gradus.cli import main; main()", *arguments)


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """The repository without the house's own notebooks and answers: its tests then look at the new assignment only."""
    copy = tmp_path_factory.mktemp("clone")
    shutil.copytree(root / "lib", copy / "lib", ignore=shutil.ignore_patterns("__pycache__", "notebooks"))
    tests = root / "tests"
    for path in [*tests.glob("*.py"), tests / "answers" / "test_answers.py", tests / "project" / "test_notebooks.py"]:
        target = copy / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(root / name, copy)
    done = gradus(copy, "new", "assignment", NAME)
    assert done.returncode == 0, done.stderr
    assert f"wrote source/{NAME}/{NAME}.ipynb" in done.stdout
    return copy


def test_its_answers_its_notebook_and_its_own_tests_are_green(copy):
    wanted = f"{NAME} and not pulled"
    done = run(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", "-k", wanted)
    assert done.returncode == 0, done.stdout[-3000:]
    summary = done.stdout.splitlines()[-1]
    passed = int(re.search(r"(\d+) passed", summary)[1])
    assert passed >= 14 and "skipped" not in summary, done.stdout


@pytest.mark.kernel
def test_it_can_be_proved_and_released(copy):
    done = gradus(copy, "release", NAME)
    assert done.returncode == 0, done.stderr
    released = (copy / "release" / NAME / f"{NAME}.ipynb").read_text()
    assert "YOUR CODE HERE" in released and 'judge(\\"A' not in released


def test_a_name_that_is_taken_is_a_sentence(root):
    for name in ("soft_threshold", "text_cnn_weights"):
        with pytest.raises(CourseError, match="is there already; choose another name"):
            plan(root, name)


@pytest.mark.parametrize("name", ["", "Residual", "3d", "a-b", "a b", "../a", "class", "_x", "a" * 61, "über"])
def test_a_bad_name_is_a_sentence(root, name):
    with pytest.raises(CourseError, match="cannot be an assignment's name"):
        plan(root, name)


def test_a_number_in_front_is_for_the_notebook_only(root):
    pieces = plan(root, "03_residual_networks").pieces
    assert pieces["notebook"].name == "03_residual_networks.py" and pieces["key"].name == "residual_networks.py"


def test_a_folder_that_is_no_clone_is_a_sentence(tmp_path):
    with pytest.raises(CourseError, match="is no clone of the repository"):
        plan(tmp_path, NAME)
