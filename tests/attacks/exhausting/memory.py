"""Asks for more memory than there is.

how: alone
nbgrader: the grader waits, or the machine does
gradus: refused
sentence: may use 512 MiB
"""
hoard = [bytearray(2**30) for _ in range(64)]
