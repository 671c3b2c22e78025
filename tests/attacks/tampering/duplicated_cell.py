"""Repeats a test cell, the second one with a score in it.

how: notebook
nbgrader: an error, and the submission is not graded
gradus: the instructor's cell, once
group: 2
sentence: more than once
"""
from classroom import edit


import copy

def change(notebook, index):
    twin = copy.deepcopy(notebook.cells[index])
    twin.id, twin.source = "twin", "8.0"
    notebook.cells.insert(index + 1, twin)

def tamper(notebook):
    return edit(notebook, "A", change)
