"""Divides by 1 - (1 - gamma)^t.

C1: The average is divided by 1 − (1 − γ)^t
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
                a.copy_(((1 - gamma) * a + gamma * p) / (1 - (1 - gamma) ** count))
