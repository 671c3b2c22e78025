"""A notebook file of a hundred megabytes.

how: file
nbgrader: read into memory
gradus: said
sentence: MiB, the limit is
"""
def tamper(text):
    return text[:-2] + " " * (100 * 2**20) + text[-2:]
