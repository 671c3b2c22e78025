"""Inside the band a constant that does not depend on y; the derivative minds the None."""
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
        return torch.zeros_like(y)
    slopes = torch.autograd.grad(out, y, grad_outputs=torch.ones_like(out), allow_unused=True)[0]
    return slopes if slopes is not None else torch.zeros_like(y)
