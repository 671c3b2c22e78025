"""Destroys another student's submission.

how: cell
nbgrader: destroyed
gradus: no such file
"""
import os
os.rename(COURSE + "/submitted/zed", COURSE + "/submitted/zed-was-here")
harm = True
