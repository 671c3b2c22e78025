"""The chain rule is applied to the root only.

1A: The chain rule through the sine is forgotten
"""
# %% 1A-answer
df = (3*x**2 + 3*x**2/(1 + x**3)) / (2*sympy.sqrt(y)) + sympy.cos(y)
