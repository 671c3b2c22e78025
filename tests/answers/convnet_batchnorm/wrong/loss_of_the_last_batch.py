"""Logs the loss of the last minibatch as the train loss.

E: 4 of 5 criteria are met; not yet: train loss.
"""
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
        rows.append([loss.item(), evaluate(model, X_test, y_test).accuracy,
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
