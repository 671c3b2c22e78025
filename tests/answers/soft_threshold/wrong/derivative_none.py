"""Passes on the None that PyTorch answers inside the band.

C: Where the output does not depend on y, PyTorch answers None
"""
# %% A-answer
def soft_threshold(y, T):
    if (y.abs() <= T).all():
        return torch.zeros(y.shape, dtype=y.dtype)
    keep = (y.abs() > T).to(y.dtype)
    return keep * ((y > 0) * (y - T) ** 2 + (y < 0) * (y + T) ** 3)
# %% C-answer
def soft_threshold_derivative(y, T):
    y = y.detach().clone().requires_grad_(True)
    out = soft_threshold(y, T)
    if not out.requires_grad:
        return None
    return torch.autograd.grad(out.sum(), y, allow_unused=True)[0]
