"""nn.Sequential, torch.optim.SGD and backward(), lerp_ for the average."""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        layers = []
        for size in hidden_sizes:
            layers += [nn.Linear(input_dim, size), nn.ReLU()]
            input_dim = size
        self.stack = nn.Sequential(*layers, nn.Linear(input_dim, n_classes))

    def forward(self, x):
        return self.stack(x)


# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    criterion = nn.CrossEntropyLoss()
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(0, len(X), (batch_size,), generator=rng)
        optimizer.zero_grad()
        criterion(model(X[batch]), y[batch]).backward()
        optimizer.step()


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(0, len(X), (batch_size,), generator=rng)
        optimizer.zero_grad()
        cross_entropy(model(X[batch]), y[batch]).backward()
        optimizer.step()
        with torch.no_grad():
            for a, p in zip(averaged.parameters(), model.parameters()):
                a.lerp_(p, gamma)
