"""What the gradebook knows of a notebook: its graded cells, their points and the questions they ask.

This is the trusted side of every comparison: it was saved by `nbgrader generate_assignment` from the instructor's
version, and no submission can change it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from nbgrader.api import Gradebook, MissingEntry

__all__ = ["Blueprint", "SourceCell", "asked_question", "load_blueprint"]


@dataclass(frozen=True)
class SourceCell:
    """One cell that nbgrader tracks, as the instructor wrote it.

    points    None where the cell is not graded       question  None where no judge is called in it
    """

    grade_id: str
    cell_type: str
    source: str
    is_grade: bool
    is_solution: bool
    is_task: bool
    is_locked: bool
    points: float | None = None
    question: str | None = None

    def metadata(self) -> dict[str, object]:
        """The cell's nbgrader metadata, as it must be."""
        data: dict[str, object] = {
            "cell_type": self.cell_type,
            "grade": self.is_grade,
            "grade_id": self.grade_id,
            "locked": self.is_locked,
            "schema_version": 3,
            "solution": self.is_solution,
            "task": self.is_task,
        }
        if self.points is not None:
            data["points"] = int(self.points) if self.points == int(self.points) else self.points
        return data


@dataclass(frozen=True)
class Blueprint:
    """All tracked cells of one notebook, in order."""

    assignment: str
    notebook: str
    cells: dict[str, SourceCell]

    @property
    def questions(self) -> dict[str, SourceCell]:
        """The cells that call a judge, by grade id."""
        return {grade_id: cell for grade_id, cell in self.cells.items() if cell.question}

    @property
    def is_gradus(self) -> bool:
        """False for notebooks that were not written for Gradus; nbgrader grades those by itself."""
        return bool(self.questions)


def asked_question(source: str) -> str | None:
    """The name in the cell's `judge("name", ...)`, or None where it calls no judge."""
    if "judge(" not in source:
        return None
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "judge":
            return str(node.args[0].value) if node.args and isinstance(node.args[0], ast.Constant) else None
    return None


def load_blueprint(db_url: str, assignment: str, notebook: str) -> Blueprint:
    """Read a notebook's blueprint from the gradebook; empty where the gradebook does not know the notebook."""
    with Gradebook(db_url) as gradebook:
        try:
            entry = gradebook.find_notebook(notebook, assignment)
        except MissingEntry:
            return Blueprint(assignment, notebook, {})
        points = {cell.name: float(cell.max_score) for cell in [*entry.grade_cells, *entry.task_cells]}
        grades = {cell.name for cell in entry.grade_cells}
        solutions = {cell.name for cell in entry.solution_cells}
        tasks = {cell.name for cell in entry.task_cells}
        cells = {
            cell.name: SourceCell(
                grade_id=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                is_grade=cell.name in grades,
                is_solution=cell.name in solutions,
                is_task=cell.name in tasks,
                is_locked=bool(cell.locked),
                points=points.get(cell.name),
                question=asked_question(cell.source) if cell.name in grades and cell.cell_type == "code" else None,
            )
            for cell in entry.source_cells
        }
    return Blueprint(assignment, notebook, cells)
