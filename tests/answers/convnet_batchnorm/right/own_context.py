"""A context manager for the mode; the whole measurement inside it; no chunks below 1,000.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        super().__init__()
        self.c1, self.c2, self.fc = nn.Conv2d(1, 16, 5), nn.Conv2d(16, 32, 5), nn.Linear(1568, 10)
        self.bn = nn.ModuleDict({"1": nn.BatchNorm2d(16), "2": nn.BatchNorm2d(32)} if batch_norm else {})

    def forward(self, x):
        x = nn.functional.pad(x.reshape(-1, 1, 28, 28), (2, 2, 2, 2))
        x = self.c1(x).clamp(min=0)
        x = torch.amax(x.unfold(2, 2, 2).unfold(3, 2, 2), dim=(-1, -2))
        if "1" in self.bn:
            x = self.bn["1"](x)
        x = torch.max_pool2d(self.c2(nn.functional.pad(x, (2, 2, 2, 2))).relu(), 2)
        if "2" in self.bn:
            x = self.bn["2"](x)
        return self.fc(x.reshape(x.shape[0], 1568))

# %% B-sizes-answer
sizes = [28, 28 / 2, 28 / 2, 28 / 4, 1568.0]

# %% C-answer
from contextlib import contextmanager


@contextmanager
def frozen(model):
    modes = [m.training for m in model.modules()]
    model.eval()
    yield
    for m, mode in zip(model.modules(), modes):
        m.training = mode


def flat_gradient(model, X, y):
    with frozen(model):
        pieces = []
        for k in range(0, len(X), 1000):
            score = model(X[k:k + 1000])
            # log(sum exp) minus the score of the label, written out
            loss = (score.logsumexp(1) - score.gather(1, y[k:k + 1000, None])[:, 0]).sum()
            pieces.append(torch.cat([g.flatten() for g in torch.autograd.grad(loss, [*model.parameters()])]))
        return torch.stack(pieces).sum(0) / len(X)
