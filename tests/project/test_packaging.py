"""The wheel is for students; pyproject.toml is the one truth about dependencies."""

import re
import subprocess
import sys
import tomllib
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(root)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_the_students_package_alone(wheel_names):
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gradus"}
    assert "gradus/questions/soft_threshold.py" in wheel_names
    assert any(name.endswith(".js") for name in wheel_names)


def test_the_students_package_never_imports_the_staffs(root):
    naming = [
        path.relative_to(root).as_posix()
        for path in (root / "lib" / "gradus").rglob("*.py")
        if "gradus_staff" in path.read_text(encoding="utf-8")
    ]
    assert naming == ["lib/gradus/cli.py"]


def _requirements(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    parts = (project["dependencies"], *(extras[name] for name in ("staff", "cluster", "docs", "test")))
    return [one for part in parts for one in part], project["requires-python"]


def test_environment_yml_mirrors_pyproject(root):
    requirements, python = _requirements(root)
    text = (root / "environment.yml").read_text()
    listed = {line.strip().removeprefix("- ") for line in text.splitlines() if line.strip().startswith("- ")}
    assert f"python{python}" in listed
    assert not [requirement for requirement in requirements if requirement not in listed]
    extra = listed - set(requirements) - {f"python{python}", "pip", "pip:", "conda-forge", "nodefaults", "-e ."}
    assert not extra


def test_the_packages_that_the_course_is_built_on_are_declared(root):
    names = {re.split(r"[<>=\[]", requirement)[0] for requirement in _requirements(root)[0]}
    assert {"jupyterlab", "torch", "torchvision", "nbgrader", "matplotlib", "ipywidgets"} <= names


def test_every_folder_at_the_top_that_people_look_for_is_there(root):
    for name in ("source", "release", "autograded", "lib", "tests", "nbgrader_config.py", "environment.yml", "LICENSE"):
        assert (root / name).exists(), name
