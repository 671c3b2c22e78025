"""A formula from memory, with N - 1 below the line.

A: The denominator is the size less 1
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    S = (size + 2 * padding - kernel) / (size - 1)
    return [max(1, round(S))]

# %% A-stride-answer
stride = 2
