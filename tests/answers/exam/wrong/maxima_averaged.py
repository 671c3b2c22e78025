"""Means.

10c: This is the average
"""
# %% 10c-answer
pooled = [[2.5, 2], [1.5, 1.75]]
