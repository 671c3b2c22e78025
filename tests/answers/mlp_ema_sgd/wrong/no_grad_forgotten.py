"""The update is recorded by autograd.

B1: The update itself is recorded by autograd
B2: -
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        for p, g in zip(params, grads):
            p -= learning_rate * g
