"""Windows unfolded into a matrix product; a figure in a dictionary.
"""
# %% B-answer
class StridedConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        make = lambda *shape: nn.Parameter(torch.randn(*shape) / shape[-1] ** 0.5)
        self.k1, self.c1 = nn.Parameter(torch.randn(16, 1, 5, 5) / 5), make(16)
        self.k2, self.c2 = nn.Parameter(torch.randn(32, 16, 5, 5) / 20), make(32)
        self.out = nn.Linear(1568, 10)

    @staticmethod
    def conv(x, k, c):
        windows = nn.functional.unfold(x, 5, padding=2, stride=2)
        side = (x.shape[-1] + 4 - 5) // 2 + 1
        return (k.flatten(1) @ windows + c[:, None]).reshape(len(x), -1, side, side)

    def forward(self, x):
        x = self.conv(x.reshape(-1, 1, 28, 28), self.k1, self.c1).relu()
        x = self.conv(x, self.k2, self.c2).relu()
        return self.out(x.flatten(1))

# %% C-figure-answer
models = {"pooled": PooledConvNet(), "strided": StridedConvNet()}
history = {name: [] for name in models}


def make(name):
    optimizer = torch.optim.SGD(models[name].parameters(), lr=0.04)

    def one_pass():
        for batch in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            cross_entropy(models[name](X[batch]), y[batch]).backward()
            optimizer.step()

    return one_pass


def log(name, k):
    a, b = evaluate(models[name], X, y), evaluate(models[name], X_test, y_test)
    history[name].append((a.loss, b.loss, a.accuracy, b.accuracy))


seconds = train_in_turns({name: make(name) for name in models}, log, size.passes)
figures = {}
for k in range(4):
    figures[k], ax = plt.subplots()
    for name in models:
        ax.plot([row[k] for row in history[name]], label=name)
    ax.set_xlabel("pass")
    ax.set_ylabel(["train loss", "test loss", "train accuracy", "test accuracy"][k])
