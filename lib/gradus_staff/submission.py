"""A submitted notebook, read so that nothing in the file can stop the class or earn a point.

Only cell types, sources, attachments and grade ids are taken over; everything else (metadata, tags, points, locks,
kernel, outputs) comes from the blueprint or is left behind. What had to be mended is said, cell by cell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from gradus_staff.blueprint import Blueprint

__all__ = ["MAX_FILE_BYTES", "Submission", "UnreadableError", "read_submission"]

MAX_FILE_BYTES = 64 * 2**20
"""A notebook file larger than this (bytes) is not read."""

MAX_CELLS = 2_000
"""More cells than this are not run."""


class UnreadableError(ValueError):
    """The file is not a notebook; the message says in one sentence why."""


@dataclass
class Submission:
    """A clean notebook and what was mended.

    notes    grade id -> sentences      problem  why the whole file could not be read, or empty
    """

    notebook: NotebookNode
    notes: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""


def read_submission(path: Path, blueprint: Blueprint, restore_missing: bool = False) -> Submission:
    """Read a submission; a file that cannot be read becomes a notebook that says so, never an exception.

    restore_missing  put back graded cells that are not there, each behind the tracked cell that it follows
    """
    try:
        cells = _read_cells(path)
    except UnreadableError as error:
        problem = f"The submitted file {path.name} could not be read: {error}"
        return Submission(_notebook([v4.new_markdown_cell(problem)]), problem=problem)
    notes: dict[str, list[str]] = {}
    clean = [_clean_cell(cell, blueprint, notes) for cell in cells]
    _keep_last_of_each(clean, notes)
    if restore_missing:
        _restore_missing(clean, blueprint, notes)
    return Submission(_notebook(clean), notes)


def _read_cells(path: Path) -> list[dict[str, Any]]:
    if path.is_symlink() or not path.is_file():
        raise UnreadableError("it is not a plain file. Submit the notebook itself.")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise UnreadableError(f"it has {size // 2**20} MiB, the limit is {MAX_FILE_BYTES // 2**20}. Clear all outputs.")
    if size == 0:
        raise UnreadableError("it is empty.")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise UnreadableError("it is not text in UTF-8.") from None
    except (ValueError, RecursionError):
        raise UnreadableError("it is not complete JSON; it may have been cut off while saving or uploading.") from None
    if not isinstance(raw, dict):
        raise UnreadableError("it is JSON, but not a notebook.")
    cells = _upgraded(raw).get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"it has {len(cells)} cells, the limit is {MAX_CELLS}.")
    return [cell for cell in cells if isinstance(cell, dict)]


def _upgraded(raw: dict[str, Any]) -> dict[str, Any]:
    """nbformat 4 as it is, older formats converted."""
    if "cells" in raw:
        return raw
    try:
        return nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception as error:  # a converter may fail in any way on a broken file
        raise UnreadableError(
            f"its format (nbformat {raw.get('nbformat', 'unknown')}) could not be converted."
        ) from error


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _clean_cell(cell: dict[str, Any], blueprint: Blueprint, notes: dict[str, list[str]]) -> NotebookNode:
    source = _text(cell.get("source"))
    metadata = cell.get("metadata")
    settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = settings.get("grade_id") if isinstance(settings, dict) else None
    tracked = blueprint.cells.get(grade_id) if isinstance(grade_id, str) else None
    cell_type = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "markdown"
    if tracked is None:
        return _new_cell(str(cell_type), source, cell)
    if cell_type != tracked.cell_type:
        _note(notes, tracked.grade_id, f"The cell's type had been changed to {cell_type}; it was changed back.")
    if tracked.is_locked and source != tracked.source and tracked.question is None:
        _note(notes, tracked.grade_id, "The cell is locked, but had been changed; it was changed back.")
    clean = _new_cell(tracked.cell_type, tracked.source if tracked.is_locked else source, cell)
    clean.metadata["nbgrader"] = tracked.metadata()
    return clean


def _new_cell(cell_type: str, source: str, cell: dict[str, Any]) -> NotebookNode:
    if cell_type == "code":
        return v4.new_code_cell(source)
    if cell_type == "raw":
        return v4.new_raw_cell(source)
    clean = v4.new_markdown_cell(source)
    attachments = cell.get("attachments")
    if isinstance(attachments, dict):
        images = {
            name: {mime: _text(data) for mime, data in bundle.items() if str(mime).startswith("image/")}
            for name, bundle in attachments.items()
            if isinstance(bundle, dict)
        }
        clean["attachments"] = images
    return clean


def _keep_last_of_each(cells: list[NotebookNode], notes: dict[str, list[str]]) -> None:
    """Of several cells with one grade id the last one counts, as in nbgrader; the others become plain cells."""
    seen: set[str] = set()
    for cell in reversed(cells):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in seen:
            del cell.metadata["nbgrader"]
            _note(notes, grade_id, "The cell was there more than once; the last one counted.")
        elif grade_id:
            seen.add(grade_id)


def _restore_missing(cells: list[NotebookNode], blueprint: Blueprint, notes: dict[str, list[str]]) -> None:
    place = 0
    for grade_id, tracked in blueprint.cells.items():
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
        if grade_id in names:
            place = names.index(grade_id) + 1
        elif tracked.is_grade and not tracked.is_solution:
            cell = _new_cell(tracked.cell_type, tracked.source, {})
            cell.metadata["nbgrader"] = tracked.metadata()
            cells.insert(place, cell)
            place += 1
            _note(notes, grade_id, "The cell had been deleted; it was put back.")


def _number(cells: list[NotebookNode]) -> None:
    """Ids that depend on nothing but the position, so that grading twice writes the same file."""
    for index, cell in enumerate(cells):
        cell.id = f"cell-{index}"


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    _number(cells)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _note(notes: dict[str, list[str]], grade_id: str, sentence: str) -> None:
    own = notes.setdefault(grade_id, [])
    if sentence not in own:
        own.append(sentence)
