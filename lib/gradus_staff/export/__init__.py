"""Grades for other gradebooks, as nbgrader's export plugins: `nbgrader export --exporter=gradus_staff.export.…`.

canvas   Canvas' gradebook import      moodle   Moodle's grade import      table   nbgrader's own columns, safely quoted
grades   what they share: who and which assignments, points after late days, cells that no spreadsheet runs
"""

from gradus_staff.export.canvas import CanvasExport
from gradus_staff.export.moodle import MoodleExport
from gradus_staff.export.table import TableExport

__all__ = ["CanvasExport", "MoodleExport", "TableExport"]
