"""The derivative along all entries at once.

1C: The slopes of all entries are added up
"""
# %% 1C-answer
def derivative(x):
    shift = torch.zeros((), dtype=x.dtype, requires_grad=True)
    return torch.autograd.grad(f(x.detach() + shift).sum(), shift)[0].expand(x.shape)
