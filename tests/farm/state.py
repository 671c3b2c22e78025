"""All that a grading leaves, in a form that can be compared."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from classroom import Classroom

from gradus.judging import VERDICT_MIME


def gradebook_of(room: Classroom) -> dict:
    """Every number, comment and date that the gradebook has of the assignment's submissions."""
    with room.course.gradebook() as gradebook:
        return {
            submission.student_id: {
                "timestamp": submission.timestamp,
                "score": submission.score,
                "max_score": submission.max_score,
                "notebooks": {
                    notebook.name: {
                        "penalty": notebook.late_submission_penalty,
                        "grades": {
                            g.name: (g.auto_score, g.manual_score, g.extra_credit, bool(g.needs_manual_grade), g.score)
                            for g in notebook.grades
                        },
                        "comments": {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments},
                    }
                    for notebook in submission.notebooks
                },
            }
            for submission in gradebook.assignment_submissions(room.assignment)
        }


def files_of(room: Classroom) -> dict:
    """Every autograded file: its mode, and its content without the seconds that something took."""
    root = room.root / "autograded"
    return {
        str(path.relative_to(root)): (oct(path.stat().st_mode), _content(path))
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _content(path: Path) -> object:
    if path.name.endswith(".observations.json"):
        data = json.loads(path.read_text())
        for answer in data["answers"].values():
            answer.pop("seconds")
        return data
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if VERDICT_MIME in output.get("data", {}):
                output.data[VERDICT_MIME].pop("seconds")
    return nbformat.writes(notebook)
