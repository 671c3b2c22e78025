"""Reads the machine's password hashes.

how: cell
nbgrader: readable where the grader is root
gradus: no such file
control: root
"""
harm = "root:" in open("/etc/shadow").read()
