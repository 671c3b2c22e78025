"""Adds first.

5a: The product and the sum inside the bracket
"""
# %% 5a-answer
blanks = {"a": "+", "b": "*", "c": "square", "d": "*", "e": "-"}
