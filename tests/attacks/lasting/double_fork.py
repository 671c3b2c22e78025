"""Leaves a process behind that rewrites scores after grading.

how: cell
nbgrader: still there after grading
gradus: dies with its sandbox
"""
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execlp("sleep", "sleep", MARK)
    os._exit(0)
harm = "left running"
