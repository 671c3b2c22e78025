"""Leaves files in /tmp for the next submission.

how: cell
nbgrader: there
gradus: gone with its sandbox
"""
import os
open("/tmp/left-by-a-student-" + MARK, "w").close()
harm = "left a file"
