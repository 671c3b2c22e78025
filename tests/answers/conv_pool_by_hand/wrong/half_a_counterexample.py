"""Breaks the average, but not the maximum.

2D: The window has a negative entry, but a positive one is larger
"""
# %% 2D-answer
def factor(n):
    return 1 / n

p_for_max, p_for_average, counterexample = math.inf, 1, [[-1, 5], [0, 2]]
