"""torch.func: the gradient as a function of a dictionary of parameters."""
# %% B1-answer
def loss_of(weights, model, X, y):
    return cross_entropy(torch.func.functional_call(model, weights, (X,)), y)


def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    gradient = torch.func.grad(loss_of)
    weights = {name: p.detach() for name, p in model.named_parameters()}
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        g = gradient(weights, model, X[batch], y[batch])
        weights = {name: w - learning_rate * g[name] for name, w in weights.items()}
    model.load_state_dict(weights)


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    gradient = torch.func.grad(loss_of)
    w = {name: p.detach() for name, p in model.named_parameters()}
    bar = {name: p.detach() for name, p in averaged.named_parameters()}
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        g = gradient(w, model, X[batch], y[batch])
        w = {name: w[name] - learning_rate * g[name] for name in w}
        bar = {name: torch.lerp(bar[name], w[name], gamma) for name in bar}
    model.load_state_dict(w)
    averaged.load_state_dict(bar)
