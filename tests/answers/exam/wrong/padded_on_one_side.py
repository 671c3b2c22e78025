"""Zeros above and at the left.

10b: The padding is on one side only (top and left)
"""
# %% 10b-answer
output = [[1, 3, 2], [3, 0, 9], [-2, 10, -2]]
