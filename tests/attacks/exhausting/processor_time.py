"""Keeps more cores busy than a notebook may.

how: alone
nbgrader: the grader waits, or the machine does
gradus: stopped
sentence: s of processor time
cores: 0.01
seconds: 15
"""
import os
for _ in range(6):
    if os.fork() == 0:
        while True:
            pass
while True:
    pass
