"""A square on both sides.

A: Both sides are squared
B: Both sides are squared
C: The derivative of the square below lacks
C-figure: Both sides are squared
D: The soft threshold inside is another one. Both sides are squared
E: The soft threshold inside is another one. Both sides are squared
"""
# %% A-answer
def soft_threshold(y, T):
    excess = torch.relu(y.abs() - T)
    return excess**2
