"""Reads the instructor's notebook with its solutions.

how: cell
nbgrader: read
gradus: no such file
"""
import pathlib
harm = "BEGIN SOLUTION" in pathlib.Path(COURSE, "source/soft_threshold/soft_threshold.ipynb").read_text()
