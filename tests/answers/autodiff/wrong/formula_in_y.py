"""df is left in y, as a symbol.

1A: The formula is not written in x alone.
"""
# %% 1A-answer
Y = sympy.Symbol("y")
df = (1/(2*sympy.sqrt(Y)) + sympy.cos(Y)) * (3*x**2 + 3*x**2/(1 + x**3))
