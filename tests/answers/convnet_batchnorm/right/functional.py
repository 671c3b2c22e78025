"""Raw parameters and torch.nn.functional, also for BatchNorm; torch.func for the gradients.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        super().__init__()
        self.batch_norm = batch_norm
        self.w3 = nn.Parameter(torch.randn(10, 1568) * 0.02)
        self.b3 = nn.Parameter(torch.zeros(10))
        self.w1 = nn.Parameter(torch.randn(16, 1, 5, 5) * 0.2)
        self.b1 = nn.Parameter(torch.randn(16) * 0.1)
        self.w2 = nn.Parameter(torch.randn(32, 16, 5, 5) * 0.05)
        self.b2 = nn.Parameter(torch.randn(32) * 0.05)
        if batch_norm:
            for k, c in ((1, 16), (2, 32)):
                self.register_parameter(f"gamma{k}", nn.Parameter(torch.ones(c)))
                self.register_parameter(f"beta{k}", nn.Parameter(torch.zeros(c)))
                self.register_buffer(f"mean{k}", torch.zeros(c))
                self.register_buffer(f"var{k}", torch.ones(c))

    def norm(self, x, k):
        if not self.batch_norm:
            return x
        part = lambda name: getattr(self, f"{name}{k}")
        return nn.functional.batch_norm(x, part("mean"), part("var"), part("gamma"), part("beta"), self.training, 0.1)

    def forward(self, x):
        F = nn.functional
        x = x.reshape(-1, 1, 28, 28)
        x = self.norm(F.max_pool2d(F.relu(F.conv2d(x, self.w1, self.b1, padding=2)), 2), 1)
        x = self.norm(F.max_pool2d(F.relu(F.conv2d(x, self.w2, self.b2, padding=2)), 2), 2)
        return F.linear(x.flatten(1), self.w3, self.b3)

# %% C-answer
def flat_gradient(model, X, y):
    from torch.func import functional_call, grad
    names = [name for name, _ in model.named_parameters()]
    values = {name: p.detach() for name, p in model.named_parameters()}
    rest = {name: b.detach().clone() for name, b in model.named_buffers()}
    def loss(values, X, y):
        return cross_entropy(functional_call(model, {**values, **rest}, (X,)), y, reduction="sum")
    before = {m: m.training for m in model.modules()}
    model.eval()
    total = None
    for start in range(0, len(X), 700):
        part = grad(loss)(values, X[start:start + 700], y[start:start + 700])
        flat = torch.cat([part[name].ravel() for name in names])
        total = flat if total is None else total + flat
    for m, t in before.items():
        m.training = t
    return total / len(y)

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    params = [p for p in model.parameters()]
    g0 = flat_gradient(model, X, y)
    u = flat_gradient(model, X[batch], y[batch]).mul(-eta)
    offset = 0
    saved = [p.data for p in params]
    for p in params:
        n = p.numel()
        p.data = p.data + u[offset:offset + n].reshape(p.shape)
        offset += n
    g1 = flat_gradient(model, X, y)
    for p, d in zip(params, saved):
        p.data = d
    return ((g1 - g0) ** 2).sum().sqrt() / (u ** 2).sum().sqrt()
