"""The nbgrader step that reads submissions: named as the exporter of `Autograde` in nbgrader_config.py."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict

from gradus_staff.blueprint import Blueprint, load_blueprint
from gradus_staff.plain_files import copy_plain_files_only
from gradus_staff.submission import read_submission

__all__ = ["SubmissionExporter"]

copy_plain_files_only()


class SubmissionExporter(NotebookExporter):
    """Reads a submitted notebook of a Gradus assignment by `read_submission`; every other notebook as nbgrader does."""

    def from_filename(self, filename: str, resources: dict | None = None, **kwargs: Any) -> tuple[Any, dict]:
        blueprint = self._blueprint(resources)
        if resources is None or blueprint is None or not self._is_submitted():
            return super().from_filename(filename, resources, **kwargs)
        path = Path(filename)
        restore_missing = bool(self.config.OverwriteCells.get("add_missing_cells", False))
        submission = read_submission(path, blueprint, restore_missing)
        if submission.problem:
            self.log.error("%s/%s: %s", resources["nbgrader"]["student"], blueprint.assignment, submission.problem)
        submission.notebook.metadata["gradus"] = {"notes": submission.notes, "problem": submission.problem}
        resources["metadata"] = ResourcesDict()
        modified = datetime.datetime.fromtimestamp(path.lstat().st_mtime, tz=datetime.UTC)
        resources["metadata"].update(
            name=path.stem, path=str(path.parent), modified_date=modified.strftime("%B %d, %Y")
        )
        return self.from_notebook_node(submission.notebook, resources=resources, **kwargs)

    @staticmethod
    def _blueprint(resources: dict | None) -> Blueprint | None:
        ids = (resources or {}).get("nbgrader")
        if not ids:
            return None
        blueprint = load_blueprint(ids["db_url"], ids["assignment"], ids["notebook"])
        return blueprint if blueprint.is_gradus else None

    def _is_submitted(self) -> bool:
        """nbgrader runs the same exporter twice: over what was submitted, then over its own sanitised copy."""
        return bool(getattr(self.parent, "_sanitizing", True))
