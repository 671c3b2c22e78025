"""The absolute value of the cube: f is positive below the band.

A: The sign of the cube is lost
B: The sign of the cube is lost
C: The derivative below the band has the wrong sign
C-figure: The sign of the cube is lost
D: The soft threshold inside is another one. The sign of the cube is lost
E: The soft threshold inside is another one. The sign of the cube is lost
"""
# %% A-answer
def soft_threshold(y, T):
    size = y.abs() - T
    return torch.where(y > T, size**2, torch.where(y < -T, size**3, torch.zeros_like(y)))
