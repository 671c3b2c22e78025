"""Opens files without end.

how: alone
nbgrader: the grader waits, or the machine does
gradus: refused
sentence: may have 256 open
"""
hoard = [open("/dev/null") for _ in range(10_000)]
