"""Central differences.

1C: These are finite differences
"""
# %% 1C-answer
def derivative(x):
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)
