"""Adds a graded cell of its own.

how: notebook
nbgrader: an error, and the submission is not graded
gradus: a plain cell
group: 2
"""
import nbformat

def tamper(notebook):
    settings = {"grade": True, "grade_id": "bonus", "locked": False, "points": 100, "schema_version": 3,
                "solution": False, "task": False, "cell_type": "code"}
    notebook.cells.append(nbformat.v4.new_code_cell("100.0", metadata={"nbgrader": settings}))
    return notebook
