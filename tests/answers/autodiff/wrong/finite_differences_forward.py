"""Forward differences in double precision, with a coarse step.

1C: These are finite differences
"""
# %% 1C-answer
def derivative(x):
    wide = x.double()
    return ((f(wide + 1e-4) - f(wide)) / 1e-4).to(x.dtype)
