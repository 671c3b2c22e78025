"""A product with one input.

5a: (c) has one arrow coming in
"""
# %% 5a-answer
blanks = {"a": "*", "b": "+", "c": "*", "d": "*", "e": "-"}
