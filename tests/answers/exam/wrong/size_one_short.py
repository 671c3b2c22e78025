"""Forgets + 1.

10a: One short
"""
# %% 10a-answer
size = 18
