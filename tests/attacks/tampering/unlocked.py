"""Unlocks a test cell and empties it.

how: notebook
nbgrader: changed back
gradus: not judged: the cell is not the instructor's
group: 1
"""
from classroom import edit


def change(notebook, index):
    cell = notebook.cells[index]
    cell.metadata["nbgrader"].update(locked=False, grade=True, solution=True)
    cell.source = "print('all passed')"

def tamper(notebook):
    return edit(notebook, "C", change)
