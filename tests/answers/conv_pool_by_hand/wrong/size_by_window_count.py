"""Takes C to have as many rows as A.

1A: This is the size with padding 1
"""
# %% 1A-answer
size_of_C = (5, 5)
