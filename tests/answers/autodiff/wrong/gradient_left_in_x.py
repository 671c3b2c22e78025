"""x.grad is never cleared: the second call doubles it.

1C: backward() ran twice on the same tensor
"""
# %% 1C-answer
def derivative(x):
    x.requires_grad_()
    f(x).sum().backward()
    return x.grad
