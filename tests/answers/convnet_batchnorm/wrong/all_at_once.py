"""All images in one piece.

C: All images go through the network at once.
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    total = 0
    for i in range(0, len(X), 10**6):
        loss = cross_entropy(model(X[i:i + 10**6]), y[i:i + 10**6], reduction="sum") / len(X)
        total = total + torch.cat([g.flatten() for g in torch.autograd.grad(loss, params)])
    for m, t in zip(model.modules(), modes):
        m.training = t
    return total
