"""Gives the test of one question to the id of another.

how: notebook
nbgrader: changed back
gradus: the id's own cell stands
group: 1
"""
from classroom import edit


def change(notebook, index):
    notebook.cells[index].metadata["nbgrader"]["grade_id"] = "B"
    notebook.cells[index].source = "7"

def tamper(notebook):
    return edit(notebook, "B", change)
