"""Make a course and submissions for tests, and grade them as an instructor would."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from gradus.judging import VERDICT_MIME
from gradus_staff.answers import fill, read_answer
from gradus_staff.course import Course
from gradus_staff.release import generate

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "source"


@lru_cache(maxsize=1)
def _empty_gradebook() -> bytes:
    """A new gradebook; nbgrader takes more than a second to make one."""
    with tempfile.TemporaryDirectory() as folder:
        Gradebook(f"sqlite:///{folder}/gradebook.db", "gradus").close()
        return Path(folder, "gradebook.db").read_bytes()


class Classroom:
    """A scratch course with one released assignment. settings: more lines for nbgrader_config.py."""

    def __init__(
        self, root: Path, assignment: str = "soft_threshold", seconds_a_cell: int = 30, settings: str = ""
    ) -> None:
        self.root, self.assignment = root, assignment
        root.mkdir(parents=True, exist_ok=True)
        config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        config += f"\nc.Execute.timeout = {seconds_a_cell}\n{settings}\n"
        (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
        shutil.copytree(SOURCE / assignment, root / "source" / assignment)
        (root / "gradebook.db").write_bytes(_empty_gradebook())
        self.course = Course(root)
        self.released = generate(self.course, assignment) / f"{assignment}.ipynb"

    @property
    def reference(self) -> NotebookNode:
        return nbformat.read(self.root / "source" / self.assignment / f"{self.assignment}.ipynb", as_version=4)

    @property
    def blank(self) -> NotebookNode:
        return nbformat.read(self.released, as_version=4)

    def answered(self, **cells: str) -> NotebookNode:
        """The reference answers, with some solution cells (by grade id, - written _) replaced."""
        notebook = copy.deepcopy(self.reference)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "").replace("-", "_")
            if name in cells:
                cell.source = cells.pop(name)
        assert not cells, f"no such cells: {cells}"
        return notebook

    def from_corpus(self, name: str) -> NotebookNode:
        """The reference answers filled with a file of tests/answers."""
        return fill(self.reference, read_answer(ROOT / "tests" / "answers" / self.assignment / f"{name}.py"))

    def submit(self, student: str, notebook: NotebookNode | str | bytes, **files: str) -> Path:
        """Put a submission where nbgrader collects it. files: further ones, __ written for a dot."""
        folder = self.root / "submitted" / student / self.assignment
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.assignment}.ipynb"
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)
            path.write_text(text, encoding="utf-8")
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        return path

    def nbgrader(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run plain nbgrader in the course folder."""
        return self._run([sys.executable, "-m", "nbgrader", *arguments], environment)

    def gradus(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command line in the course folder."""
        command = [sys.executable, "-c", "from gradus.cli import main; main()", *arguments]
        return self._run(command, {"COLUMNS": "200", **environment})

    def _run(self, command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **environment}
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=900, check=False, env=env)

    def scores(self, student: str) -> dict[str, float | None]:
        """The automatic scores in the gradebook, by grade id."""
        with self.course.gradebook() as gradebook:
            submission = gradebook.find_submission(self.assignment, student)
            return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}

    def autograded(self, student: str) -> NotebookNode:
        path = self.root / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"
        return nbformat.read(path, as_version=4)

    def verdicts(self, student: str) -> dict[str, dict]:
        """The verdicts in the autograded notebook, by grade id."""
        return {
            output.data[VERDICT_MIME]["grade_id"]: output.data[VERDICT_MIME]
            for cell in self.autograded(student).cells
            for output in cell.get("outputs", [])
            if VERDICT_MIME in output.get("data", {})
        }


def edit(notebook: NotebookNode, grade_id: str, change: Callable[[NotebookNode, int], None]) -> NotebookNode:
    """Change a notebook around the cell of a grade id: change(notebook, index)."""
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            change(notebook, index)
            return notebook
    raise LookupError(grade_id)
