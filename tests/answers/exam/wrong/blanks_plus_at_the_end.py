"""Adds at the end.

5a: The last node subtracts
"""
# %% 5a-answer
blanks = {"a": "*", "b": "+", "c": "square", "d": "*", "e": "+"}
