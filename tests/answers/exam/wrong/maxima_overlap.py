"""Stride 1.

10c: The window moves by 1
"""
# %% 10c-answer
pooled = [[4, 5, 5], [4, 5, 5], [3, 2, 4]]
