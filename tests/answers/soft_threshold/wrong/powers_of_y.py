"""Powers of y, not of what sticks out.

A: The powers are taken of y itself
B: The powers are taken of y itself
C: The derivative is that of another function. The powers are taken of y itself
C-figure: The powers are taken of y itself
D: The soft threshold inside is another one. The powers are taken of y itself
E: The soft threshold inside is another one. The powers are taken of y itself
"""
# %% A-answer
def soft_threshold(y, T):
    return torch.where(y > T, y**2, torch.where(y < -T, y**3, torch.zeros_like(y)))
