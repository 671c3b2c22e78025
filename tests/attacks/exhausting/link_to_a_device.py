"""Submits a link to a device that never ends.

how: folder
nbgrader: fills the disk
gradus: left where it is
control: no
"""
def plant(folder, course):
    (folder / "data.bin").symlink_to("/dev/zero")
