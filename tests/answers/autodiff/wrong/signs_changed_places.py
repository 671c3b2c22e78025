"""(d) and (e) changed.

2A: (d) and (e) have changed places
"""
# %% 2A-answer
blanks = {"a": "+", "b": "*", "c": "square", "d": "-", "e": "+"}
