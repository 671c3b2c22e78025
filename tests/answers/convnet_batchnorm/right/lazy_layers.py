"""Lazy layers; chunk means with their weights; weights kept in a state_dict; accuracy in percent.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        super().__init__()
        self.body = nn.ModuleList()
        for filters in (16, 32):
            self.body.append(nn.LazyConv2d(filters, 5, padding=2))
            self.body.append(nn.ReLU())
            self.body.append(nn.MaxPool2d(kernel_size=2, stride=2))
            if batch_norm:
                self.body.append(nn.LazyBatchNorm2d())
        self.head = nn.LazyLinear(10)

    def forward(self, x):
        x = x.reshape(x.shape[0], 1, 28, 28)
        for layer in self.body:
            x = layer(x)
        return self.head(torch.flatten(x, start_dim=1))

# %% B-answer
def output_size(size, kernel, stride=1, padding=0):
    import math
    return math.floor((size + 2 * padding - kernel) / stride + 1)

# %% B-sizes-answer
import numpy as np
sizes = np.array([28, 14, 14, 7, 32 * 49])

# %% C-answer
def flat_gradient(model, X, y):
    params = tuple(model.parameters())
    modes = {name: m.training for name, m in model.named_modules()}
    model.train(False)
    n = X.shape[0]
    out = torch.zeros(sum(p.numel() for p in params), dtype=params[0].dtype)
    for idx in torch.arange(n).split(999):
        mean_loss = cross_entropy(model(X[idx]), y[idx])
        grads = torch.autograd.grad(mean_loss, params)
        out += len(idx) / n * torch.cat([g.reshape(-1) for g in grads])
    for name, m in model.named_modules():
        m.training = modes[name]
    return out

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    kept = {k: v.clone() for k, v in model.state_dict().items()}
    before = flat_gradient(model, X, y)
    step = -eta * flat_gradient(model, X[batch], y[batch])
    with torch.no_grad():
        nn.utils.vector_to_parameters(nn.utils.parameters_to_vector(model.parameters()) + step, model.parameters())
    after = flat_gradient(model, X, y)
    model.load_state_dict(kept)
    return torch.dist(after, before).item() / step.norm().item()

# %% E-answer
models = {"without BatchNorm": ConvNet(), "with BatchNorm": ConvNet(True)}
for m in models.values():
    m.eval()
    m(X[:2])
log = Log()
for k, (name, m) in enumerate(models.items()):
    train(m, X, y, learning_rate=0.04, batch_size=32, passes=size.passes, seed=k, name=name, log=log,
          measure=lambda m: {"loss": evaluate(m, X, y).loss, "acc": 100 * evaluate(m, X_test, y_test).accuracy,
                             "L": effective_smoothness(m, X, y, list(range(32)), 0.04)})
fig, axs = plt.subplots(3, 1, sharex=True)
for ax, q in zip(axs, ["loss", "acc", "L"]):
    for name in models:
        ax.semilogy(*log.curve(name, q))
    ax.set_ylabel("accuracy, %" if q == "acc" else q)
    ax.set_xlabel("passes")
figures = fig
