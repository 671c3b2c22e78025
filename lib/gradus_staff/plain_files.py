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

from nbgrader.converters import Autograde

__all__ = ["copy_plain_files_only", "not_plain"]


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
            usual(self, assignment_id, student_id)
        finally:
            self.coursedir.ignore = ignored

    init_assignment.is_plain = True  # type: ignore[attr-defined]  # so that importing twice wraps once
    Autograde.init_assignment = init_assignment  # type: ignore[method-assign]  # see above
