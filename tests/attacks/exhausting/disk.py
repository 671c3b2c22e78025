"""Fills the disk.

how: alone
nbgrader: the grader waits, or the machine does
gradus: refused
sentence: may have 32 MiB together
"""
for number in range(1000):
    with open(f"part-{number}", "wb") as file:
        file.write(bytes(8 * 2**20))
