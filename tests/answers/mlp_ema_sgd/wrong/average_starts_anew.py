"""Copies the model at the beginning of every pass.

C1: The average starts anew
"""
# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    params, averages = list(model.parameters()), list(averaged.parameters())
    averaged.load_state_dict(model.state_dict())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
            for a, p in zip(averages, params):
                a.mul_(1 - gamma).add_(gamma * p)
