"""The forward pass insists on float32, and so do both loops."""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        self.hidden = nn.ModuleList()
        for size in hidden_sizes:
            self.hidden.append(nn.Linear(input_dim, size))
            input_dim = size
        self.head = nn.Linear(input_dim, n_classes)
        self.act = nn.ReLU()

    def forward(self, x):
        x = x.to(torch.float32)
        for layer in self.hidden:
            x = self.act(layer(x))
        return self.head(x)


# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    model.train()
    for _ in range(max(1, round(X.size(0) / batch_size))):
        sel = torch.randint(high=X.size(0), size=(batch_size,), generator=rng)
        loss = nn.functional.nll_loss(model(X[sel].float()).log_softmax(dim=-1), y[sel].long())
        grads = torch.autograd.grad(loss, [*model.parameters()])
        with torch.no_grad():
            for p, g in zip(model.parameters(), grads):
                p.add_(g, alpha=-learning_rate)


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    for _ in range(max(1, round(X.size(0) / batch_size))):
        sel = torch.randint(high=X.size(0), size=(batch_size,), generator=rng)
        loss = cross_entropy(model(X[sel].float()), y[sel])
        grads = torch.autograd.grad(loss, [*model.parameters()])
        with torch.no_grad():
            for p, g, a in zip(model.parameters(), grads, averaged.parameters()):
                p.add_(g, alpha=-learning_rate)
                a.add_(p - a, alpha=gamma)
