"""Rounds up.

10a: The size is rounded up
"""
# %% 10a-answer
size = (20, 20)
