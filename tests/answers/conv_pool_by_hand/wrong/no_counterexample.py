"""Looks among non-negative windows only.

2D: The window has no negative entry
"""
# %% 2D-answer
def factor(n):
    return 1 / n

p_for_max, p_for_average, counterexample = math.inf, 1, [[1, 2], [3, 4]]
