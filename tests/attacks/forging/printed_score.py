"""Prints a score.

how: answer
nbgrader: nothing
gradus: nothing
control: no
"""
def NAME(*inputs):
    print(8.0)
