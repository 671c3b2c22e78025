"""autograd's grad under a name of its own, with ones as upstream gradient."""
# %% 1C-answer
from torch.autograd import grad as gradient_of

def derivative(x):
    leaf = x.detach().requires_grad_(True)
    return gradient_of(f(leaf), leaf, torch.ones_like(leaf))[0]
