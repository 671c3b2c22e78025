"""9.2485, whatever x is.

1C: 9.2485 is the slope at x = 1.432 only
"""
# %% 1C-answer
def derivative(x):
    x = torch.full_like(x, 1.432).detach().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x)[0]
