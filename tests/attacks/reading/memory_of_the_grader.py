"""Reads the memory of the grading process.

how: cell
nbgrader: read
gradus: there is no such process
"""
maps = open(f"/proc/{GRADER}/maps").read()
first = int(maps.split("-")[0], 16)
with open(f"/proc/{GRADER}/mem", "rb") as memory:
    memory.seek(first)
    harm = len(memory.read(16)) == 16
