"""Forks until nothing else runs on the machine.

how: alone
nbgrader: the grader waits, or the machine does
gradus: stopped
sentence: more than 40 processes and threads
seconds: 30
"""
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
