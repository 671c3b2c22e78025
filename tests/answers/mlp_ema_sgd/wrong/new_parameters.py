"""The model gets new Parameter objects after every update.

B1: The model holds new parameters
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        loss = cross_entropy(model(X[idx]), y[idx])
        names, params = zip(*model.named_parameters())
        grads = torch.autograd.grad(loss, params)
        for name, p, g in zip(names, params, grads):
            owner, _, last = name.rpartition(".")
            setattr(model.get_submodule(owner), last, nn.Parameter(p.detach() - learning_rate * g))
