"""Batches in the order of the data.

B1: The images come in their order
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    for k in range(round(len(X) / batch_size)):
        idx = torch.arange(k * batch_size, (k + 1) * batch_size) % len(X)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
