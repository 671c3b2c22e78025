"""Clamps and rectifiers, no condition anywhere; einsum in the module; backward() in place of autograd.grad."""
# %% A-answer
def soft_threshold(y, T):
    return torch.relu(y - T) ** 2 - torch.relu(-y - T) ** 3
# %% C-answer
def soft_threshold_derivative(y, T):
    leaf = y.clone().detach()
    leaf.requires_grad = True
    soft_threshold(leaf, T).sum().backward()
    return leaf.grad
# %% D-answer
class ConjugateSoftThreshold(torch.nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.threshold = T
        self.M = torch.nn.Parameter(M0.detach().clone())

    def forward(self, x):
        inner = soft_threshold(torch.einsum("ij,...j->...i", self.M, x), self.threshold)
        return torch.einsum("ij,...j->...i", torch.linalg.inv(self.M), inner)
# %% E-answer
def phi_and_gradients(x, M):
    x = x.clone().requires_grad_(True)
    module = ConjugateSoftThreshold(2.81, M)
    phi = torch.linalg.norm(x - module(x)) ** 2
    phi.backward()
    return phi, x.grad, module.M.grad
