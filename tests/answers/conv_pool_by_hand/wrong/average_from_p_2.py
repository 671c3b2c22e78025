"""Takes the Euclidean norm for the average.

2D: The average is no Euclidean length
"""
# %% 2D-answer
def factor(n):
    return 1 / n

p_for_max, p_for_average, counterexample = math.inf, 2, [[-5, 1], [0, 2]]
