"""The derivative of the sine with a minus.

1A: The derivative of the sine is +cos
"""
# %% 1A-answer
df = (1 / (2 * sympy.sqrt(y)) - sympy.cos(y)) * (3*x**2 + 3*x**2/(1 + x**3))
