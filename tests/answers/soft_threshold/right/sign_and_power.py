"""One expression from the sign of y; float masks; functional gradients."""
# %% A-answer
def soft_threshold(y, T):
    excess = torch.clamp(y.abs() - T, min=0)
    return torch.where(torch.sign(y) >= 0, excess.pow(2), excess.pow(3).neg())
# %% C-answer
def soft_threshold_derivative(y, T):
    return torch.func.grad(lambda u: soft_threshold(u, T).sum())(y)
# %% E-answer
def phi_and_gradients(x, M):
    def phi(x, M):
        return (x - torch.linalg.inv(M) @ soft_threshold(M @ x, 2.81)).square().sum()

    grad_x, grad_M = torch.func.grad(phi, argnums=(0, 1))(x, M)
    return phi(x, M), grad_x, grad_M
