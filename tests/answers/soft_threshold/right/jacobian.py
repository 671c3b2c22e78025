"""The slope as the diagonal of a Jacobian; gradients with an explicit upstream of ones."""
# %% C-answer
def soft_threshold_derivative(y, T):
    flat = y.reshape(-1)
    jacobian = torch.autograd.functional.jacobian(lambda u: soft_threshold(u, T), flat)
    return torch.diagonal(jacobian).reshape(y.shape)
# %% E-answer
def phi_and_gradients(x, M):
    x, M = x.detach().requires_grad_(), M.detach().requires_grad_()
    residual = x - torch.linalg.solve(M, soft_threshold(M @ x, 2.81))
    phi = residual @ residual
    return phi, *torch.autograd.grad(phi, [x, M], grad_outputs=torch.ones_like(phi))
