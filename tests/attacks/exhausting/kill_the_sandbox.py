"""Ends the first process of its sandbox.

how: alone
nbgrader: not there
gradus: costs itself, if anything
sentence: ^$|kernel died
"""
import os, signal
for number in (1, 2):
    try:
        os.kill(number, signal.SIGKILL)
    except OSError:
        pass
