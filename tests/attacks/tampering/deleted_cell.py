"""Deletes a test cell, so that an older score stays.

how: notebook
nbgrader: the old score stays
gradus: 0 points, and said
group: 1
sentence: The cell "D" is missing|"D" is missing
"""
from classroom import edit


def tamper(notebook):
    return edit(notebook, "D", lambda nb, i: nb.cells.pop(i))
