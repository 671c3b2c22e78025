"""Submits a named pipe, which nobody ever writes.

how: folder
nbgrader: an error, and the submission is not graded
gradus: left where it is
"""
import os

def plant(folder, course):
    os.mkfifo(folder / "pipe.bin")
