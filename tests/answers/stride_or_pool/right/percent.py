"""Accuracies in percent, curves as points, the untrained networks logged as well.
"""
# %% C-figure-answer
models = {"pooled": PooledConvNet(), "strided": StridedConvNet()}
curves = {name: [] for name in models}


def measure(name, k):
    row = []
    for part, (a, b) in {"train": (X, y), "test": (X_test, y_test)}.items():
        with torch.no_grad():
            scores = models[name](a)
        row += [cross_entropy(scores, b).item(), 100 * (scores.argmax(1) == b).float().mean().item()]
    curves[name].append([k, *row])


for name in models:
    measure(name, 0)


def trainer(name):
    def run():
        model = models[name]
        for _ in range(len(X) // 32):
            b = torch.randint(len(X), (32,))
            g = torch.autograd.grad(cross_entropy(model(X[b]), y[b]), list(model.parameters()))
            with torch.no_grad():
                for p, d in zip(model.parameters(), g):
                    p -= 0.04 * d
    return run


seconds = train_in_turns({name: trainer(name) for name in models}, measure, passes=size.passes)
fig, axes = plt.subplots(1, 4, figsize=(14, 3))
for i, (ax, what) in enumerate(zip(axes, ["train loss", "train accuracy (%)", "test loss", "test accuracy (%)"])):
    for name, marker in zip(models, "ox"):
        table = torch.tensor(curves[name])
        ax.scatter(table[:, 0], table[:, i + 1], marker=marker)
    ax.set(xlabel="pass", ylabel=what)
figures = axes
