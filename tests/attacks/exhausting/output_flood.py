"""Prints without end.

how: alone
nbgrader: kept, all of it
gradus: cut
sentence: the rest was left out|more than 64 MiB at once
"""
for _ in range(100):
    print('x' * 100_000)
