"""Writes into y itself, which breaks autograd and changes the caller's data.

A: An in-place write
B: -
C: -
C-figure: -
"""
# %% A-answer
def soft_threshold(y, T):
    high, low = y > T, y < -T
    y[~high & ~low] = 0
    y[high] = (y[high] - T) ** 2
    y[low] = (y[low] + T) ** 3
    return y
