"""p = p - step: nothing reaches the model.

B1: Nothing reaches the model
B2: -
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        for p, g in zip(params, grads):
            p = p - learning_rate * g
