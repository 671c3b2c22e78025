"""Keeps links and devices in a submission's folder from being followed with the instructor's rights.

nbgrader copies every further file of a submission beside the autograded notebook and, later, beside the feedback: a
link to the gradebook would hand it to the student, and a link to /dev/zero would fill the disk. nbgrader has no setting
for this, so its step is wrapped when the submission reader, which a course's nbgrader_config.py names, is imported.
"""

from __future__ import annotations

import glob
import os
import stat
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

__all__ = ["copy_plain_files_only", "not_plain", "why_no_notebook"]


def not_plain(folder: Path) -> list[str]:
    """Names of everything below the folder that is no plain file, no folder, or has a name that cannot be printed."""
    names = []
    for place, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            mode = os.lstat(os.path.join(place, name)).st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or not name.isprintable():
                names.append(name)
    return sorted(set(names))


def copy_plain_files_only() -> None:
    """From now on, `Autograde` leaves everything else where it is."""
    usual = Autograde.init_assignment
    if getattr(usual, "is_plain", False):
        return

    def init_assignment(self: Autograde, assignment_id: str, student_id: str) -> None:
        names = not_plain(Path(self._format_source(assignment_id, student_id)))
        notebooks = [name for name in names if name.endswith(".ipynb")]
        if left := [name for name in names if name not in notebooks]:
            self.log.warning("%s/%s: not copied, because they are no plain files: %r", student_id, assignment_id, left)
        ignored: Any = self.coursedir.ignore
        self.coursedir.ignore = [*ignored, *map(glob.escape, left)]
        try:
            if why := why_no_notebook(self, assignment_id, student_id):
                self.log.error(why)
                raise NbGraderException(why)
            usual(self, assignment_id, student_id)
        finally:
            self.coursedir.ignore = ignored

    init_assignment.is_plain = True  # type: ignore[attr-defined]  # so that importing twice wraps once
    Autograde.init_assignment = init_assignment  # type: ignore[method-assign]  # see above


def why_no_notebook(step: Autograde, assignment: str, student: str) -> str:
    """The sentence for a submission in which no notebook has a name of the assignment's; nothing where one has."""
    course = step.coursedir
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            wanted = sorted(f"{notebook.name}.ipynb" for notebook in gradebook.find_assignment(assignment).notebooks)
        except MissingEntry:
            return ""
    found = sorted(path.name for path in Path(step._format_source(assignment, student)).glob("*.ipynb"))
    if not wanted or set(wanted) & set(found):
        return ""
    return (
        f"{student}/{assignment}: there is no {' or '.join(wanted)} in the submission (it has "
        f"{', '.join(found) or 'no notebook'}), so nothing was judged. Rename it in "
        f"submitted/{student}/{assignment}/, or ask for it to be submitted again"
    )
