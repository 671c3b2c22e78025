"""No zeros.

10b: The padding is forgotten
"""
# %% 10b-answer
output = [[0, 9], [10, -2]]
