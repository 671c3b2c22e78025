"""backward on the student's own tensor, with .grad cleared first."""
# %% 1C-answer
def derivative(x):
    x = x if x.requires_grad and x.is_leaf else x.detach().clone().requires_grad_()
    x.grad = None
    f(x).backward(torch.ones_like(x))
    return x.grad.clone()
