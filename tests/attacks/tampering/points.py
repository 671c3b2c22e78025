"""Raises the points of a cell in its metadata.

how: notebook
nbgrader: changed back
gradus: changed back
group: 1
"""
from classroom import edit


def tamper(notebook):
    return edit(notebook, "A", lambda nb, i: nb.cells[i].metadata["nbgrader"].update(points=1000))
