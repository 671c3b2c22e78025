"""The numbers for c, not for d.

3B-recursion: These are the numbers for c = b + b
"""
# %% 3B-recursion-answer
recursion = (4, 6, 4)
