"""The gradient is computed before the loop.

B1: The gradient is taken once
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    idx = torch.randint(len(X), (batch_size,), generator=rng)
    grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
