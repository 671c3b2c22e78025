"""A notebook's text and the notebook that is built from it.

The truth is `lib/gradus_staff/notebooks/<assignment>.py` (jupytext's percent format, nbgrader metadata in the cell
headers); `source/<assignment>/<assignment>.ipynb` is built from it and committed without outputs.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from jupytext.combine import combine_inputs_with_outputs
from nbformat import NotebookNode

__all__ = ["assignments", "build", "differs", "notebook_path", "pull", "read_text", "text_path"]

_FORMAT = {"extension": ".py", "format_name": "percent"}


def text_path(assignment: str) -> Path:
    """Where the text of an assignment lies; LookupError where there is none."""
    path = Path(str(files("gradus_staff"))) / "notebooks" / f"{assignment}.py"
    if not path.is_file():
        raise LookupError(f"there is no notebook text {path.name}; known are: {', '.join(assignments())}")
    return path


def assignments() -> list[str]:
    """All assignments that have a text, by name."""
    folder = Path(str(files("gradus_staff"))) / "notebooks"
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def notebook_path(course: Path, assignment: str) -> Path:
    """Where a course keeps the instructor's version."""
    return course / "source" / assignment / f"{assignment}.ipynb"


def read_text(assignment: str, text: Path | None = None) -> NotebookNode:
    """The notebook that the text describes, with cell ids that depend on nothing but the text.

    text  another file than the assignment's own
    """
    notebook = jupytext.reads((text or text_path(assignment)).read_text(encoding="utf-8"), fmt=_FORMAT)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen: set[str] = set()
    for cell in notebook.cells:
        cell.id = _identifier(cell, seen)
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["cell_type"] = cell.cell_type
    return notebook


def _identifier(cell: NotebookNode, seen: set[str]) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    name = grade_id or hashlib.sha256(cell.source.encode()).hexdigest()[:8]
    while name in seen:
        name += "-"
    seen.add(name)
    return name


def build(course: Path, assignment: str, text: Path | None = None) -> Path:
    """Write the notebook of an assignment; cells that are already there keep their ids. Returns its path.

    text  another file to read than the assignment's text
    """
    notebook = read_text(assignment, text)
    path = notebook_path(course, assignment)
    if path.is_file():
        notebook = _keep_ids(notebook, nbformat.read(path, as_version=4))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_dumps(notebook), encoding="utf-8")
    return path


def _keep_ids(new: NotebookNode, old: NotebookNode) -> NotebookNode:
    """What `jupytext --update` does, without taking outputs over."""
    for cell in old.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    metadata = new.metadata
    combined = combine_inputs_with_outputs(new, old, fmt=_FORMAT)
    combined.metadata = metadata
    return combined


def _dumps(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def differs(course: Path, assignment: str) -> str:
    """Empty where the committed notebook is the one that the text describes, else one sentence."""
    path = notebook_path(course, assignment)
    if not path.is_file():
        return f"{path.name} has not been built; run: gradus notebooks build {assignment}"
    built = nbformat.read(path, as_version=4)
    if any(cell.get("outputs") for cell in built.cells):
        return f"{path.name} holds outputs; run: gradus notebooks build {assignment}"
    if _content(built) != _content(read_text(assignment)):
        return (
            f"{path.name} is not what its text says; run `gradus notebooks build {assignment}` to keep the text, "
            f"or `gradus notebooks pull {assignment}` to keep the notebook"
        )
    return ""


def _content(notebook: NotebookNode) -> list[Any]:
    return [(cell.cell_type, cell.source, dict(cell.metadata.get("nbgrader", {}))) for cell in notebook.cells]


def pull(course: Path, assignment: str, target: Path | None = None) -> Path:
    """Bring the text along after an instructor edited the notebook in JupyterLab. Returns the text's path.

    target  another file to write to than the assignment's text
    """
    path = notebook_path(course, assignment)
    if not path.is_file():
        raise LookupError(f"there is no notebook {path} to pull from")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        cell.metadata = {"nbgrader": {k: v for k, v in settings.items() if k not in ("cell_type", "checksum")}}
        if not settings:
            cell.metadata = {}
    notebook.metadata = {
        "jupytext": {"text_representation": dict(_FORMAT), "notebook_metadata_filter": "jupytext,kernelspec,-all"},
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    }
    target = target or Path(str(files("gradus_staff"))) / "notebooks" / f"{assignment}.py"
    text = jupytext.writes(notebook, fmt=_FORMAT)
    lines = [line for line in text.splitlines() if "format_version:" not in line and "jupytext_version:" not in line]
    lines = [line for line in lines if "notebook_metadata_filter" not in line]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target
