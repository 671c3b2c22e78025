"""Scores of the averaged network.

C1: The gradient is taken at the averaged weights
"""
# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    params, averages = list(model.parameters()), list(averaged.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(averaged(X[idx]), y[idx]), averages)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
            for a, p in zip(averages, params):
                a.mul_(1 - gamma).add_(gamma * p)
