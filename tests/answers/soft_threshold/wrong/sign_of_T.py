"""T added above, subtracted below.

A: T has the wrong sign
B: T has the wrong sign
C: The derivative is that of another function. T has the wrong sign
C-figure: T has the wrong sign
D: The soft threshold inside is another one. T has the wrong sign
E: The soft threshold inside is another one. T has the wrong sign
"""
# %% A-answer
def soft_threshold(y, T):
    return (y > T) * (y + T) ** 2 + (y < -T) * (y - T) ** 3
