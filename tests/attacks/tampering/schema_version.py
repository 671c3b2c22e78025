"""Claims a version of the metadata that does not exist yet.

how: notebook
nbgrader: an error, and the submission is not graded
gradus: changed back
group: 3
"""
from classroom import edit


def tamper(notebook):
    for name in ("A", "B", "C"):
        edit(notebook, name, lambda nb, i: nb.cells[i].metadata["nbgrader"].update(schema_version=99))
    return notebook
