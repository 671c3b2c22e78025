"""A number of a million digits in the notebook file.

how: file
nbgrader: minutes of conversion, or an error
gradus: said
sentence: could not be read
"""
def tamper(text):
    return text.replace('"nbformat": 4', '"nbformat": ' + "9" * 1_000_000, 1)
