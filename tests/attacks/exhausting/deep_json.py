"""A notebook of lists in lists in lists.

how: file
nbgrader: an error
gradus: said
sentence: could not be read
"""
def tamper(text):
    return "[" * 200_000 + "]" * 200_000
