"""Padding by hand before a convolution without padding; statistics.mean.
"""
# %% B-answer
class StridedConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.ZeroPad2d(2), nn.Conv2d(1, 16, 5, stride=2), nn.ReLU(),
            nn.ZeroPad2d(2), nn.Conv2d(16, 32, 5, stride=2), nn.ReLU(), nn.Flatten(), nn.Linear(1568, 10),
        )

    def forward(self, x):
        if x.shape[-1] == 784:
            x = x.view(*x.shape[:-1], 28, 28)[:, None]
        return self.net(x)

# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    from collections import defaultdict
    from itertools import product
    from statistics import mean
    spent = defaultdict(list)
    for k, (name, train) in product(range(1, passes + 1), contestants.items()):
        t0 = clock()
        train()
        spent[name] += [clock() - t0]
        log(name, k)
    return {name: mean(ts[1:]) for name, ts in spent.items()}

# %% D-count-answer
multiply_adds = {"pooled": (313600.0, 2508800.0, 15680.0), "strided": (78400, 627200, 15680)}
