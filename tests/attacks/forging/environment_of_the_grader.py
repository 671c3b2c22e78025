"""Tells the kernel that somebody else is graded.

how: answer
nbgrader: believed, where tests ask the environment
gradus: the grader knows whose folder it is
control: no
"""
import os

os.environ["GRADUS_STUDENT"] = "somebody-else"
os.environ["GRADUS_SCALE"] = "quick"

def NAME(*inputs):
    return None
