"""Draws before the loop.

B1: Every update of the pass has the same batch
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    idx = torch.randint(len(X), (batch_size,), generator=rng)
    for k in range(round(len(X) / batch_size)):
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
