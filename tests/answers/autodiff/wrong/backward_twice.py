"""backward() twice on one tensor: the gradient is doubled.

1C: backward() ran twice on the same tensor
"""
# %% 1C-answer
def derivative(x):
    x = x.detach().clone().requires_grad_()
    out = f(x).sum()
    out.backward(retain_graph=True)
    out.backward()
    return x.grad
