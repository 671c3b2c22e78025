"""Ends the interpreter.

how: alone
nbgrader: the rest of the notebook is lost
gradus: costs itself
sentence: exited with code 3
"""
import os
os._exit(3)
