"""Keeps y inside the band, as a hard threshold turned round would.

A: Inside the band f gives y
B: Inside the band f gives y
C: The derivative is that of another function. Inside the band f gives y
C-figure: Inside the band f gives y
D: The soft threshold inside is another one. Inside the band f gives y
E: The soft threshold inside is another one. Inside the band f gives y
"""
# %% A-answer
def soft_threshold(y, T):
    out = y.clone()
    out[y > T] = (y[y > T] - T) ** 2
    out[y < -T] = (y[y < -T] + T) ** 3
    return out
