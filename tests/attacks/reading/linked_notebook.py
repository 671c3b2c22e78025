"""Submits a link to the instructor's notebook instead of a notebook.

how: folder
nbgrader: read with the instructor's rights, full marks
gradus: no plain file
sentence: not a plain file
"""
def plant(folder, course):
    notebook = folder / "soft_threshold.ipynb"
    notebook.unlink()
    notebook.symlink_to(course / "source" / "soft_threshold" / "soft_threshold.ipynb")
