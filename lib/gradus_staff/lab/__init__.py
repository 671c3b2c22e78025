"""The course as a student sees it: a folder, a Python that knows the students' package only, a JupyterLab."""

from gradus_staff.lab.handout import hand_out, released
from gradus_staff.lab.server import Server
from gradus_staff.lab.students_python import StudentsPython

__all__ = ["Server", "StudentsPython", "hand_out", "released"]
