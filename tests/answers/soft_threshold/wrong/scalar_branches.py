"""Branches on the whole tensor: right for one number, an error for several.

A: A single `if` cannot decide
B: -
C: -
C-figure: -
D: -
E: -
"""
# %% A-answer
def soft_threshold(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T) ** 3
    else:
        return y * 0
