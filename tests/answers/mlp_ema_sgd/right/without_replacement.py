"""Batches of a permutation, whole ones only; backward() with .grad set to None."""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    order = torch.randperm(len(X), generator=rng)
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size : (k + 1) * batch_size]
        cross_entropy(model(X[rows]), y[rows]).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= learning_rate * p.grad
                p.grad = None


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    order = torch.randperm(len(X), generator=rng)
    for k in range(len(X) // batch_size):
        rows = order[k * batch_size : (k + 1) * batch_size]
        cross_entropy(model(X[rows]), y[rows]).backward()
        with torch.no_grad():
            for p, a in zip(model.parameters(), averaged.parameters()):
                p -= learning_rate * p.grad
                p.grad = None
                a.mul_(1 - gamma).add_(p, alpha=gamma)
