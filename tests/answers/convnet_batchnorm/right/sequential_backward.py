"""One Sequential; backward() and .grad; the step on a deep copy; a loop of its own and three figures.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        super().__init__()
        blocks = []
        for i, o in [(1, 16), (16, 32)]:
            blocks += [nn.Conv2d(i, o, kernel_size=5, padding="same"), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            if batch_norm:
                blocks.append(nn.BatchNorm2d(o))
        self.net = nn.Sequential(*blocks, nn.Flatten(), nn.Linear(1568, 10))

    def forward(self, x):
        if x.ndim == 2:
            x = x.view(len(x), 1, 28, 28)
        return self.net(x)

# %% B-answer
def output_size(size, kernel, stride=1, padding=0):
    return len(range(0, size + 2 * padding - kernel + 1, stride))

# %% B-sizes-answer
sizes = (28, 14, 14, 7, 1568)

# %% C-answer
def flat_gradient(model, X, y):
    import copy
    model = copy.deepcopy(model)
    model.eval()
    model.zero_grad()
    for i in range(0, len(X), 256):
        loss = nn.CrossEntropyLoss(reduction="sum")(model(X[i:i + 256]), y[i:i + 256])
        (loss / len(X)).backward()
    return torch.cat([p.grad.reshape(-1) for p in model.parameters()])

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    import copy
    moved = copy.deepcopy(model)
    g = flat_gradient(model, X[batch], y[batch])
    w = nn.utils.parameters_to_vector(model.parameters()).detach()
    nn.utils.vector_to_parameters(w - eta * g, moved.parameters())
    change = flat_gradient(moved, X, y) - flat_gradient(model, X, y)
    return (torch.linalg.norm(change) / torch.linalg.norm(eta * g)).item()

# %% E-answer
models = {}
history = {}
for bn in (False, True):
    name = "with BatchNorm" if bn else "without BatchNorm"
    torch.manual_seed(3)
    model = models[name] = ConvNet(bn)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.04)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=32, shuffle=True)
    history[name] = []
    for epoch in range(size.passes):
        model.train()
        for xb, yb in loader:
            optimizer.zero_grad()
            cross_entropy(model(xb), yb).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            l = cross_entropy(model(X), y).item()
            a = (model(X_test).argmax(1) == y_test).float().mean().item()
        history[name].append((l, a, effective_smoothness(model, X, y, torch.arange(32), 0.04)))
figures = []
for k, label in enumerate(["train loss", "test accuracy", "L(w; u)"]):
    f = plt.figure()
    for name in history:
        plt.plot(range(1, size.passes + 1), [row[k] for row in history[name]], label=name)
    plt.xlabel("epoch")
    plt.ylabel(label)
    plt.legend()
    figures.append(f)
