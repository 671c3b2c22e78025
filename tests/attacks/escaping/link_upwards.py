"""Submits a link to the folder of all submissions.

how: folder
nbgrader: followed by whatever looks into it
gradus: left where it is
"""
def plant(folder, course):
    (folder / "up").symlink_to("..")
