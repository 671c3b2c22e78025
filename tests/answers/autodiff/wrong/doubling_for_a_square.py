"""(c) as a product; one blank forgotten.

2A: (c) has one input only
"""
# %% 2A-answer
blanks = {"a": "+", "b": "*", "c": "*", "d": "+"}
