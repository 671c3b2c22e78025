"""Writes wherever it can.

how: cell
nbgrader: everywhere
gradus: only its own space can be written
"""
import os
harm = any(os.access(folder, os.W_OK) for folder in ("/", "/usr", "/etc", "/dev", "/gradus", "/var", "/root"))
try:
    path = os.path.join(COURSE, "written-by-a-student")
    open(path, "w").close()
    os.remove(path)
    harm = True
except OSError:
    pass
