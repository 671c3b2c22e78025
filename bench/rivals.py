"""Plain nbgrader and Otter-Grader on the answers of a Gradus class: the same cells, checked by plain asserts.

The asserts ask for what the hidden cases of soft_threshold ask for: values inside, above and below the band, shapes and
dtypes, gradients, both figures, the module and its parameter, the gradients in x and M. An assert gives all or nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ASSIGNMENT = "soft_threshold"

SETUP = """\
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn


def symmetric_invertible_matrix(d):
    F = torch.tensor(np.random.RandomState(d).standard_normal((d, d)), dtype=torch.float32)
    return 1e-6 * torch.eye(d) + F @ F.T
"""

_VALUE = """\
def right(y, T):
    return torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 3, torch.zeros_like(y)))
"""
_SLOPE = """\
def slope(y, T):
    return torch.where(y > T, 2 * (y - T), torch.where(y < -T, 3 * (y + T) ** 2, torch.zeros_like(y)))
"""
_FIGURE = """\
def draws(figure, function):
    for axes in figure.axes:
        for line in axes.get_lines():
            x, y = (torch.tensor(np.asarray(one, dtype=float)) for one in line.get_data())
            if len(x) > 50 and x.min() <= -14.9 and x.max() >= 14.9 and torch.allclose(y, function(x, 2.81), atol=0.5):
                return True
    return False
"""
_MARKS = """\
def marks(figure):
    found = {round(float(np.asarray(one.get_xdata()).ravel()[0]), 2) for axes in figure.axes for one in axes.get_lines()
             if len(set(np.asarray(one.get_xdata(), dtype=float))) == 1}
    ticks = {round(float(one), 2) for axes in figure.axes for one in axes.get_xticks()}
    return {-2.81, 2.81} <= found | ticks
"""
_MODULE = """\
def conjugate(x, M, T):
    return torch.linalg.solve(M, right(M @ x, T))
"""

CHECKS = {
    "A": _VALUE
    + """\
for T in (0.7, 1.9, 3.1):
    for y in (0.4 * T, -0.9 * T, T, -T, T + 1.7, T + 0.3, -T - 2.3, -T - 0.4):
        one = torch.tensor(y, dtype=torch.float64)
        assert abs(float(soft_threshold(one, T)) - float(right(one, T))) < 1e-6
for shape in ((7,), (3, 4), (2, 3, 2), (), (0,)):
    for dtype in (torch.float32, torch.float64):
        y = (4 * torch.sin(torch.arange(int(np.prod(shape))) + 1.0)).reshape(shape).to(dtype)
        out = soft_threshold(y, 1.3)
        assert out.shape == y.shape and out.dtype == y.dtype and torch.allclose(out, right(y, 1.3), atol=1e-5)
for y in (3.0, -3.0):
    y = torch.tensor([y], dtype=torch.float64, requires_grad=True)
    assert torch.allclose(*(torch.autograd.grad(f(y, 1.3), y)[0] for f in (soft_threshold, right)))
""",
    "B": _VALUE
    + _FIGURE
    + _MARKS
    + """\
assert draws(figure, right)
assert marks(figure)
assert all(axes.get_xlabel() and axes.get_ylabel() for axes in figure.axes)
""",
    "C": _SLOPE
    + """\
for dtype in (torch.float32, torch.float64):
    for T in (0.7, 1.9):
        for y in ([0.4 * T], [T + 1.7], [-T - 2.3], [T, -T], [0.1, -0.1, 0.2, 0.0], [[1.0, -4.0], [2.5, 0.0]]):
            y = torch.tensor(y, dtype=dtype)
            out = soft_threshold_derivative(y, T)
            assert out.shape == y.shape and out.dtype == dtype and torch.allclose(out, slope(y, T), atol=1e-4)
""",
    "C-figure": _SLOPE
    + _FIGURE
    + """\
assert draws(slope_figure, slope)
assert all(axes.get_xlabel() and axes.get_ylabel() for axes in slope_figure.axes)
""",
    "D": _VALUE
    + _MODULE
    + """\
M = torch.tensor([[2.0, 0.5, 0.1], [0.5, 1.0, 0.2], [0.1, 0.2, 1.5]], dtype=torch.float64)
N = M + torch.eye(3, dtype=torch.float64)
for x in ([1.0, -3.0, 2.0], [0.1, 0.2, -0.1], [4.0, 0.0, -5.0]):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    module = ConjugateSoftThreshold(1.0, M)
    assert isinstance(module, nn.Module) and [name for name, _ in module.named_parameters()] == ["M"]
    assert torch.allclose(module(x), conjugate(x, M, 1.0))
    assert torch.allclose(*(torch.autograd.grad(out.sum(), x)[0] for out in (module(x), conjugate(x, M, 1.0))))
    with torch.no_grad():
        _ = module.M.copy_(N)  # doctest would take what it gives for output
    assert torch.allclose(module(x), conjugate(x, N, 1.0))
""",
    "E": _VALUE
    + _MODULE
    + """\
for x in ([2.73, 0.5], [4.0, -3.0], [0.1, 5.0]):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    M = torch.tensor([[2.0, 0.5], [0.5, 1.0]], dtype=torch.float64, requires_grad=True)
    phi = ((x - conjugate(x, M, 2.81)) ** 2).sum()
    want = (phi, *torch.autograd.grad(phi, (x, M)))
    got = phi_and_gradients(x.detach(), M.detach())
    assert all(torch.allclose(torch.as_tensor(a).double(), b, atol=1e-5) for a, b in zip(got, want, strict=True))
""",
}
POINTS = {"A": 8, "B": 6, "C": 6, "C-figure": 2, "D": 10, "E": 8}


def nbgrader_seconds(folder: Path, notebooks: dict[str, NotebookNode]) -> tuple[float, dict[str, float]]:
    """Grade Gradus notebooks, given by student, with `nbgrader autograde`, and no setting but a name for the course.

    Returns the seconds that the one command took for everybody, and everybody's points.
    """
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "plain"\n')
    source = folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(_master(next(iter(notebooks.values()))), source)
    _run([sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT], folder)
    released = nbformat.read(folder / "release" / ASSIGNMENT / source.name, as_version=4)
    for student, notebook in notebooks.items():
        goal = folder / "submitted" / student / ASSIGNMENT / source.name
        goal.parent.mkdir(parents=True)
        nbformat.write(_filled(released, _answers(notebook)), goal)
    seconds = _run([sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT], folder)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "plain") as gradebook:
        return seconds, {one.student_id: one.score for one in gradebook.assignment_submissions(ASSIGNMENT)}


def otter_seconds(folder: Path, cache: Path, notebooks: dict[str, NotebookNode]) -> tuple[float, dict[str, float]]:
    """Grade the same notebooks, one `otter run` after another. RuntimeError, a sentence, where Otter is not to be had.

    `otter grade` would run the same in a Docker container each.
    """
    python = _otter_python(cache)
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name, code in CHECKS.items():
        case = {"code": _as_doctest(code), "hidden": True}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": POINTS[name], "suites": [suite]}
        (tests / f"{name.replace('-', '_')}.py").write_text(f"OK_FORMAT = True\n\ntest = {test!r}\n")
    environment = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    _run(
        [str(python), "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"],
        folder,
        environment,
    )
    master = _master(next(iter(notebooks.values())))
    points, seconds = {}, 0.0
    for student, notebook in notebooks.items():
        path = folder / student / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir()
        paper = _filled(master, _answers(notebook))
        paper.cells = [cell for cell in paper.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in CHECKS]
        nbformat.write(paper, path)
        command = [str(python), "-m", "otter", "run", "-a", "../autograder.zip", "-o", ".", path.name]
        seconds += _run(command, path.parent, environment)
        results = json.loads((path.parent / "results.json").read_text())
        points[student] = sum(float(test.get("score", 0.0)) for test in results["tests"])
    return seconds, points


def _otter_python(cache: Path) -> Path:
    """The Python of an environment with Otter-Grader; PyTorch and Matplotlib it has from this one."""
    python = cache / "otter" / "bin" / "python"
    done = cache / "otter" / "installed"
    if not done.exists():
        shutil.rmtree(cache / "otter", ignore_errors=True)
        for command in ([sys.executable, "-m", "venv", str(cache / "otter")],
                        [str(python), "-m", "pip", "install", "--quiet", "otter-grader", "ipykernel"]):  # fmt: skip
            outcome = subprocess.run(command, capture_output=True, text=True, check=False)
            if outcome.returncode:
                reason = (outcome.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise RuntimeError(f"Otter-Grader could not be installed, so it was not measured: {reason}")
        own = subprocess.run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                             capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
        Path(own, "also.pth").write_text(sysconfig.get_path("purelib") + "\n")  # comes after its own packages
        done.touch()
    return python


def _master(gradus: NotebookNode) -> NotebookNode:
    """The instructor's version: solution cells as they are, every grade cell an assert that is hidden."""
    cells = [new_code_cell(SETUP)]
    for cell in gradus.cells:
        data = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            cells.append(new_markdown_cell(cell.source))
        elif data.get("solution"):
            cells.append(new_code_cell(cell.source, metadata={"nbgrader": dict(data)}))
        elif data.get("grade"):
            hidden = f"### BEGIN HIDDEN TESTS\n{CHECKS[data['grade_id']]}### END HIDDEN TESTS"
            cells.append(new_code_cell(hidden, metadata={"nbgrader": dict(data)}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _answers(notebook: NotebookNode) -> dict[str, str]:
    named = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in notebook.cells]
    return {data["grade_id"]: source for data, source in named if data.get("solution")}


def _filled(notebook: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    notebook = nbformat.from_dict(notebook)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source)
    return notebook


def _as_doctest(code: str) -> str:
    text, was_inner = [], False
    for line in [*code.splitlines(), ""]:
        is_inner = line.startswith(" ")
        if was_inner and not is_inner:
            text.append("...")
        if line:
            text.append(f"{'...' if is_inner else '>>>'} {line}")
        was_inner = is_inner
    return "\n".join(text)


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> float:
    """The seconds that a command took; RuntimeError with its last words where it failed."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[2:5])} failed: {(done.stderr.strip().splitlines() or [''])[-1]}")
    return time.perf_counter() - started
