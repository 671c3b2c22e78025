"""Writes wherever it can.

how: cell
nbgrader: everywhere
gradus: only its own space can be written
"""
import os
harm = []
for folder in ("/", "/usr", "/etc", "/dev", "/gradus", "/root", "/work", os.path.dirname(COURSE), COURSE):
    try:
        open(os.path.join(folder, "written-by-a-student"), "w").close()
        harm.append(folder)
        os.remove(os.path.join(folder, "written-by-a-student"))
    except OSError:
        pass
harm = bool(harm)
