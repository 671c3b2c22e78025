"""The chain rule is applied to the sine only.

1A: The chain rule through the root is forgotten
"""
# %% 1A-answer
df = 1/(2*sympy.sqrt(y)) + sympy.cos(y)*(3*x**2 + 3*x**2/(1 + x**3))
