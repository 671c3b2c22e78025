"""Zeros above and at the left.

3B: The padding is on one side only (top and left)
"""
# %% 3B-answer
padded_output = [[-2, 0, 3], [-2, 5, 3], [-3, 7, -2]]
