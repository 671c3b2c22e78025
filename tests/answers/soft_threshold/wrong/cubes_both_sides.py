"""A cube on both sides.

A: Both sides are cubed
B: Both sides are cubed
C: The derivative is that of another function. Both sides are cubed
C-figure: Both sides are cubed
D: The soft threshold inside is another one. Both sides are cubed
E: The soft threshold inside is another one. Both sides are cubed
"""
# %% A-answer
def soft_threshold(y, T):
    return torch.relu(y - T) ** 3 - torch.relu(-y - T) ** 3
