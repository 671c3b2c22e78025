"""Sends a signal to the grading process.

how: cell
nbgrader: delivered
gradus: no such process
"""
import os
os.kill(GRADER, 0)
harm = True
