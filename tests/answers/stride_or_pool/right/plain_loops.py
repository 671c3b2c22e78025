"""Loops, torch.optim, one figure with four panels.
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding + 1):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) // S + 1 == target:
            fits.append(S)
    return fits

# %% A-stride-answer
stride = 2

# %% B-answer
class StridedConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, stride=stride, padding=2)
        self.conv2 = nn.Conv2d(16, 32, 5, stride=stride, padding=2)
        self.fc = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x):
        x = x.view(-1, 1, 28, 28)
        x = nn.functional.relu(self.conv1(x))
        x = nn.functional.relu(self.conv2(x))
        return self.fc(x.flatten(1))

# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    times = {name: [] for name in contestants}
    for k in range(passes):
        for name in contestants:
            t = clock()
            contestants[name]()
            times[name].append(clock() - t)
            log(name, k + 1)
    return {name: sum(ts[1:]) / len(ts[1:]) for name, ts in times.items()}

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
figures, axs = plt.subplots(2, 2)
for k, ax in enumerate(axs.flat):
    for name in models:
        ax.plot([row[k] for row in history[name]], label=name)
    ax.set_xlabel("pass")
    ax.set_ylabel(["train loss", "test loss", "train accuracy", "test accuracy"][k])

# %% D-count-answer
multiply_adds = {"pooled": [313600, 2508800, 15680], "strided": [78400, 627200, 15680]}
