"""Cube above, square below.

A: Square and cube have changed sides
B: Square and cube have changed sides
C: The derivative is that of another function. Square and cube have changed sides
C-figure: Square and cube have changed sides
D: The soft threshold inside is another one. Square and cube have changed sides
E: The soft threshold inside is another one. Square and cube have changed sides
"""
# %% A-answer
def soft_threshold(y, T):
    zero = torch.zeros_like(y)
    return torch.where(y < -T, (y + T) ** 2, torch.where(y > T, (y - T) ** 3, zero))
