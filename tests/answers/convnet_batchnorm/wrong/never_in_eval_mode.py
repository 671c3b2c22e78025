"""Never thinks of the mode.

C: BatchNorm is measured in whatever mode the model happens to be in.
D: BatchNorm is measured in train mode.
E: A measurement was taken in train mode
"""
# %% C-answer
def flat_gradient(model, X, y):
    total = 0
    for i in range(0, len(X), 1000):
        loss = cross_entropy(model(X[i:i + 1000]), y[i:i + 1000], reduction="sum")
        total = total + torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(model.parameters()))])
    return total / len(X)

# %% E-answer
def experiment(batch_norm):
    torch.manual_seed(0)
    model = ConvNet(batch_norm)
    rows = []
    model.train()
    for k in range(size.passes):
        for _ in range(len(X) // 32):
            b = torch.randint(len(X), (32,))
            loss = cross_entropy(model(X[b]), y[b])
            grads = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for p, g in zip(model.parameters(), grads):
                    p -= 0.04 * g
        rows.append([evaluate(model, X, y).loss, evaluate(model, X_test, y_test).accuracy,
                     effective_smoothness(model, X, y, torch.arange(32), 0.04)])
    return model, rows


plain, plain_rows = experiment(False)
bn, bn_rows = experiment(True)
models = {"without BatchNorm": plain, "with BatchNorm": bn}
figures, axs = plt.subplots(1, 3)
for k, ax in enumerate(axs):
    ax.plot([r[k] for r in plain_rows], label="plain")
    ax.plot([r[k] for r in bn_rows], label="BN")
    ax.set_xlabel("pass")
    ax.set_ylabel(["train loss", "test accuracy", "L"][k])
