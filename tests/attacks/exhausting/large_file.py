"""Writes one large file.

how: alone
nbgrader: the grader waits, or the machine does
gradus: refused
sentence: a file may have 16 MiB
"""
with open("large", "wb") as file:
    file.truncate(2**40)
