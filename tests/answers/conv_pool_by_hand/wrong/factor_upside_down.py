"""Multiplies by n.

2D: The sum is to be divided by the number of cells
"""
# %% 2D-answer
def factor(n):
    return n

p_for_max, p_for_average, counterexample = math.inf, 1, [[-5, 1], [0, 2]]
