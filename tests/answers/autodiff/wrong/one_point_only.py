"""backward() without a sum: works for a single number only.

1C: backward() starts from a single number
"""
# %% 1C-answer
def derivative(x):
    x = x.detach().clone().requires_grad_()
    f(x).backward()
    return x.grad
