"""The Python that `gradus lab` starts JupyterLab with, and what a student's `gradus` says."""

import socket
import subprocess
import sys

import pytest
from classroom import ROOT

from gradus_staff.course import CourseError
from gradus_staff.lab.server import free_port
from gradus_staff.lab.students_python import StudentsPython


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "lib"))  # as in a terminal where somebody works on the staff's package
        yield StudentsPython(tmp_path_factory.mktemp("students") / "python")


def run(program, code: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, "-c", code], capture_output=True, text=True, timeout=120, check=False, **options)


def test_it_does_not_know_the_staffs_package_and_this_one_does(python):
    lacking = run(python.program, "import gradus_staff", env=python.environment())
    assert "ModuleNotFoundError: No module named 'gradus_staff'" in lacking.stderr
    assert run(sys.executable, "import gradus_staff").returncode == 0  # the positive control


def test_it_has_a_copy_of_the_students_package_and_all_other_packages(python):
    code = "import gradus.question, numpy, jupyterlab, nbgrader; print(gradus.__file__)"
    outcome = run(python.program, code, env=python.environment())
    assert outcome.stdout.startswith(str(python.folder)), outcome.stderr


def test_programs_that_it_starts_by_name_are_students_too(python):
    code = "import subprocess; print(subprocess.run(['python', '-c', 'import gradus_staff']).returncode)"
    assert run(python.program, code, env=python.environment()).stdout.strip() == "1"


def test_gradus_says_a_sentence_to_a_student(python):
    code = "import sys; sys.argv = ['gradus', 'lab']; from gradus.cli import main; main()"
    outcome = run(python.program, code, env=python.environment())
    assert outcome.returncode == 2
    assert "this is the students' package" in outcome.stderr and "jupyter lab" in outcome.stderr


def test_a_python_that_sees_the_staffs_package_all_the_same_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gradus_staff.lab.students_python._package_folders", lambda: [str(ROOT / "lib")])
    with pytest.raises(CourseError, match="the staff's package is seen in it"):
        StudentsPython(tmp_path / "python")


def test_a_port_that_is_taken_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CourseError, match=f"port {port} is taken; choose another one with --port"):
            free_port(port)
