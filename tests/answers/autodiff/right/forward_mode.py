"""Forward mode: jvp with ones."""
# %% 1C-answer
def derivative(x):
    x = x.detach()
    return torch.func.jvp(f, (x,), (torch.ones_like(x),))[1]
