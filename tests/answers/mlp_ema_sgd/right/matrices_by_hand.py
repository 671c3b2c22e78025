"""Weights for x @ W, all of them before all biases; ReLU as a maximum; the logistic loss by hand."""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        sizes = [input_dim] + list(hidden_sizes) + [n_classes]
        self.weights = nn.ParameterList(
            [nn.Parameter(torch.randn(a, b) * (2 / a) ** 0.5) for a, b in zip(sizes[:-1], sizes[1:])]
        )
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(1, b)) for b in sizes[1:]])

    def forward(self, x):
        for i in range(len(self.weights)):
            x = x @ self.weights[i] + self.biases[i]
            if i < len(self.weights) - 1:
                x = x.clamp(min=0)
        return x


# %% B1-answer
def batch_loss(model, X, y):
    scores = model(X)
    return (torch.logsumexp(scores, 1) - scores[torch.arange(len(y)), y]).mean()


def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    w = [p for p in model.parameters()]
    for t in range(round(len(X) / batch_size)):
        B = torch.randint(len(X), (batch_size,), generator=rng)
        g = torch.autograd.grad(batch_loss(model, X[B], y[B]), w)
        for p, d in zip(w, g):
            with torch.no_grad():
                p.copy_(p - learning_rate * d)


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    w, wbar = [p for p in model.parameters()], [p for p in averaged.parameters()]
    for t in range(round(len(X) / batch_size)):
        B = torch.randint(len(X), (batch_size,), generator=rng)
        g = torch.autograd.grad(batch_loss(model, X[B], y[B]), w)
        with torch.no_grad():
            for p, d in zip(w, g):
                p.copy_(p - learning_rate * d)
            for a, p in zip(wbar, w):
                a.copy_((1 - gamma) * a + gamma * p)
