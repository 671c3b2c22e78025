"""The derivative by backward() into .grad, the module with matmul, phi through a helper of the student's own."""
# %% C-answer
def soft_threshold_derivative(y, T):
    u = torch.nn.Parameter(y.detach().clone())
    torch.autograd.backward(soft_threshold(u, T), torch.ones_like(u))
    return u.grad
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        nn.Module.__init__(self)
        self.T, self.M = T, nn.Parameter(M0, requires_grad=True)

    def forward(self, x):
        is_vector = x.ndim == 1
        X = torch.atleast_2d(x)
        Y = torch.matmul(soft_threshold(torch.matmul(X, self.M.mT), self.T), torch.linalg.pinv(self.M).mT)
        return Y[0] if is_vector else Y
# %% E-answer
def squared_distance(a, b):
    return torch.dist(a, b, p=2).pow(2)


def phi_and_gradients(x, M):
    module = ConjugateSoftThreshold(2.81, M.clone())
    x = x.clone().requires_grad_()
    phi = squared_distance(x, module(x))
    phi.backward()
    return [phi.detach(), x.grad, module.M.grad]
