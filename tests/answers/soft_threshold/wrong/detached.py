"""Computes with NumPy, so that autograd cannot follow.

A: The result is cut off from autograd
C: -
C-figure: -
D: -
E: -
"""
# %% A-answer
def soft_threshold(y, T):
    import numpy as np

    a = y.detach().numpy()
    return torch.from_numpy(np.where(a > T, (a - T) ** 2, np.where(a < -T, (a + T) ** 3, 0)).astype(a.dtype))
