"""Gradients of single images, averaged: by a loop in B1, by vmap in C1."""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    w = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        mean = [torch.zeros_like(p) for p in w]
        for i in torch.randint(len(X), (batch_size,), generator=rng):
            for m, g in zip(mean, torch.autograd.grad(cross_entropy(model(X[i : i + 1]), y[i : i + 1]), w)):
                m += g / batch_size
        with torch.no_grad():
            for p, m in zip(w, mean):
                p -= learning_rate * m


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    def loss(weights, image, label):
        return cross_entropy(torch.func.functional_call(model, weights, (image[None],)), label[None])

    each = torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0, 0))
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        gradients = each({name: p.detach() for name, p in model.named_parameters()}, X[batch], y[batch])
        with torch.no_grad():
            for (name, p), a in zip(model.named_parameters(), averaged.parameters()):
                p -= learning_rate * gradients[name].mean(0)
                a.lerp_(p, gamma)
