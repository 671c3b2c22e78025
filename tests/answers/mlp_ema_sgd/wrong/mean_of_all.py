"""An arithmetic mean, gamma unused.

C1: This is the mean of all weights so far
"""
# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    params, averages = list(model.parameters()), list(averaged.parameters())
    count = 0
    for _ in range(round(len(X) / batch_size)):
        count += 1
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
            for a, p in zip(averages, params):
                a += (p - a) / (count + 1)
