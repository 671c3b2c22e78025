"""Four layers by name, hidden_sizes unpacked; .data throughout, as older code has it."""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super(MLP, self).__init__()
        h1, h2, h3 = hidden_sizes
        self.fc1 = nn.Linear(input_dim, h1)
        self.fc2 = nn.Linear(h1, h2)
        self.fc3 = nn.Linear(h2, h3)
        self.fc4 = nn.Linear(h3, n_classes)

    def forward(self, x):
        out = nn.functional.relu(self.fc1(x))
        out = nn.functional.relu(self.fc2(out))
        out = nn.functional.relu(self.fc3(out))
        return self.fc4(out)


# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    n = X.shape[0]
    for i in range(int(round(n / batch_size))):
        idx = torch.randint(n, size=(batch_size,), generator=rng)
        loss = cross_entropy(model(X[idx]), y[idx])
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data = p.data - learning_rate * p.grad.data


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    n = X.shape[0]
    for i in range(int(round(n / batch_size))):
        idx = torch.randint(n, size=(batch_size,), generator=rng)
        loss = cross_entropy(model(X[idx]), y[idx])
        model.zero_grad()
        loss.backward()
        for p, a in zip(model.parameters(), averaged.parameters()):
            p.data = p.data - learning_rate * p.grad.data
            a.data = (1 - gamma) * a.data + gamma * p.data
