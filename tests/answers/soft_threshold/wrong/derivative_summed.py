"""Returns the sum of all slopes.

C: The slopes of all entries are added up
C-figure: -
"""
# %% C-answer
def soft_threshold_derivative(y, T):
    y = y.detach().clone().requires_grad_()
    return torch.autograd.grad(soft_threshold(y, T).sum(), y)[0].sum()
