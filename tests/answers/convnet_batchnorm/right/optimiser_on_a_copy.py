"""The step is taken by torch.optim.SGD on a copy; the log-softmax is spelled out; figures in a dictionary.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        nn.Module.__init__(self)
        self.features = nn.Sequential()
        for k, (a, b) in enumerate([(1, 16), (16, 32)], start=1):
            self.features.add_module(f"conv{k}", nn.Conv2d(a, b, 5, 1, 2))
            self.features.add_module(f"relu{k}", nn.ReLU())
            self.features.add_module(f"pool{k}", nn.AdaptiveMaxPool2d(28 // 2 ** k))
            if batch_norm:
                self.features.add_module(f"norm{k}", nn.BatchNorm2d(b))
        self.classifier = nn.Linear(self.features[:].get_submodule("conv2").out_channels * 49, 10)

    def forward(self, x):
        return self.classifier(self.features(x.reshape(-1, 1, 28, 28)).flatten(start_dim=1))

# %% B-answer
def output_size(size, kernel, stride=1, padding=0):
    places = 0
    left = -padding
    while left + kernel <= size + padding:
        places += 1
        left += stride
    return places

# %% B-sizes-answer
sizes = torch.tensor([28, 14, 14, 7, 1568])

# %% C-answer
def flat_gradient(model, X, y):
    import copy
    model = copy.deepcopy(model).eval()
    for p in model.parameters():
        p.grad = None
    n = len(X)
    for i in range((n + 499) // 500):
        rows = slice(500 * i, min(n, 500 * (i + 1)))
        logp = torch.log_softmax(model(X[rows]), dim=1)
        (-logp[torch.arange(len(logp)), y[rows]].sum() / n).backward()
    return torch.cat([p.grad.view(-1) for p in model.parameters()])

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    import copy
    after = copy.deepcopy(model).eval()
    sgd = torch.optim.SGD(after.parameters(), lr=eta)
    sgd.zero_grad()
    cross_entropy(after(X[batch]), y[batch]).backward()
    sgd.step()
    w0 = torch.cat([p.detach().flatten() for p in model.parameters()])
    w1 = torch.cat([p.detach().flatten() for p in after.parameters()])
    return float(torch.norm(flat_gradient(after, X, y) - flat_gradient(model, X, y), 2) / torch.norm(w1 - w0, 2))

# %% E-answer
def run(batch_norm):
    model = ConvNet(batch_norm=batch_norm)
    rows = []
    for _ in range(size.passes):
        order = torch.randperm(len(X))
        for batch in order.split(32):
            g = torch.autograd.grad(cross_entropy(model(X[batch]), y[batch]), model.parameters())
            with torch.no_grad():
                for p, d in zip(model.parameters(), g):
                    p -= 0.04 * d
        rows.append([evaluate(model, X, y).loss, evaluate(model, X_test, y_test).accuracy,
                     effective_smoothness(model, X, y, torch.arange(32), 0.04)])
    return model, torch.tensor(rows)

plain, plain_rows = run(False)
normed, normed_rows = run(True)
models = {"without BatchNorm": plain, "with BatchNorm": normed}
figures = {}
for k, what in enumerate(("loss on the training images", "accuracy on the test images", "L")):
    fig, ax = plt.subplots()
    ax.plot(normed_rows[:, k], "--", label="BN")
    ax.plot(plain_rows[:, k], label="plain")
    ax.set(xlabel="pass (from 0)", ylabel=what)
    figures[what] = fig
