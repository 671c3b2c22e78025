"""A whole number of chunks, the rest forgotten.

C: The last, shorter chunk is dropped
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    total = 0
    for i in range(0, len(X) - len(X) % 500 or len(X), 500):
        loss = cross_entropy(model(X[i:i + 500]), y[i:i + 500], reduction="sum") / len(X)
        total = total + torch.cat([g.flatten() for g in torch.autograd.grad(loss, params)])
    for m, t in zip(model.modules(), modes):
        m.training = t
    return total
