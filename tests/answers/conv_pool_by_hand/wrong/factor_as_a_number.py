"""Types 1/4.

2D: The factor depends on the window
"""
# %% 2D-answer
factor = 1 / 4
p_for_max, p_for_average, counterexample = math.inf, 1, [[-5, 1], [0, 2]]
