"""6 for the number of paths.

3B-recursion: Two arrows lead from each node to the next
"""
# %% 3B-recursion-answer
recursion = (6, 26, 8)
