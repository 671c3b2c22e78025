"""d/dx log(1 + x^3) = 1/(1 + x^3).

1A: The derivative of log(1 + x³) is taken as 1/(1 + x³)
"""
# %% 1A-answer
df = (1 / (2 * sympy.sqrt(y)) + sympy.cos(y)) * (3 * x**2 + 1 / (1 + x**3))
