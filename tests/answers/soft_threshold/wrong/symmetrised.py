"""Symmetrises M, since it is meant to be symmetric anyway.

E: The gradient in M is symmetrised
"""
# %% E-answer
def phi_and_gradients(x, M):
    x, M = x.detach().requires_grad_(), M.detach().requires_grad_()
    S = (M + M.T) / 2
    phi = ((x - torch.linalg.solve(S, soft_threshold(S @ x, 2.81))) ** 2).sum()
    return phi, *torch.autograd.grad(phi, (x, M))
