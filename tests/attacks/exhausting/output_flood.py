"""Prints without end.

how: alone
nbgrader: kept, all of it
gradus: cut
sentence: the rest was left out
"""
for _ in range(2_000):
    print('x' * 100_000)
