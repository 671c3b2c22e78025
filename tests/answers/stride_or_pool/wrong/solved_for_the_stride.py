"""Solves the formula for S and rounds.

A: The formula is solved for S and rounded
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    if target == 1:
        return []
    return [round((size + 2 * padding - kernel) / (target - 1))]

# %% A-stride-answer
stride = 2
