"""Logs the untrained networks as well; double precision sums; an array of axes in place of the figure.
"""
# %% A-answer
def make_block(i, o, bn):
    layers = [nn.Conv2d(i, o, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
    return layers + [nn.BatchNorm2d(o)] * bn


class ConvNet(nn.Sequential):
    def __init__(self, batch_norm=False):
        super().__init__(
            *make_block(1, 16, batch_norm), *make_block(16, 32, batch_norm), nn.Flatten(), nn.Linear(32 * 7**2, 10)
        )

    def forward(self, x):
        return super().forward(x.view(-1, 1, 28, 28))

# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    was = {m: m.training for m in model.modules()}
    model.eval()
    total = torch.zeros(sum(p.numel() for p in params), dtype=torch.float64)
    for lo in range(0, len(y), 64):
        f = cross_entropy(model(X[lo:lo + 64]), y[lo:lo + 64], reduction="sum")
        total += torch.cat([g.flatten() for g in torch.autograd.grad(f, params)]).double()
    [m.train(t) for m, t in was.items() if not list(m.children())]
    for m, t in was.items():
        m.training = t
    return (total / len(y)).to(params[0].dtype)

# %% E-answer
curves = {}
models = {}
for name in ("with BatchNorm", "without BatchNorm"):
    torch.manual_seed(1)
    net = models[name] = ConvNet(name.startswith("with "))
    rows = []
    for k in range(size.passes + 1):
        if k:
            net.train()
            for _ in range(len(X) // 32):
                b = torch.randint(len(X), (32,))
                net.zero_grad()
                cross_entropy(net(X[b]), y[b]).backward()
                for p in net.parameters():
                    p.data -= 0.04 * p.grad
        rows.append((evaluate(net, X, y)[0], evaluate(net, X_test, y_test)[1],
                     effective_smoothness(net, X, y, torch.arange(32), 0.04)))
    curves[name] = list(zip(*rows))
_, axs = plt.subplots(1, 3)
for k in range(3):
    for name, style in zip(curves, ("k:", "r-")):
        axs[k].plot(range(size.passes + 1), curves[name][k], style)
    axs[k].set_xlabel("pass")
    axs[k].set_ylabel(["train loss", "test accuracy", "smoothness"][k])
figures = axs
