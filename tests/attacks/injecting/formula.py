"""Writes a formula that is a link to a program.

how: text
nbgrader: runs at a click
gradus: an ordinary formula
"""
TEXT = "$\\href{javascript:window.hacked='tex'}{\\text{my work}}$"
