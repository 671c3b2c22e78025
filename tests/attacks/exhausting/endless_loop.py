"""Loops for ever.

how: alone
nbgrader: interrupted after its time
gradus: interrupted after its time
sentence: ran for longer than 3 s
"""
while True:
    pass
