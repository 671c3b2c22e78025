"""The formula as a text.

1A: -
"""
# %% 1A-answer
df = "(1/(2*sqrt(y)) + cos(y)) * (3*x**2 + 3*x**2/(1+x**3))"
