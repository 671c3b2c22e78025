"""grad returns a tuple, and [0] looks like the way to open it.

C: Only the first parameter's gradient is returned.
D: Only the first parameter's gradient is used.
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    total = 0
    for i in range(0, len(X), 500):
        loss = cross_entropy(model(X[i:i + 500]), y[i:i + 500], reduction="sum") / len(X)
        total = total + torch.autograd.grad(loss, params)[0].flatten()
    for m, t in zip(model.modules(), modes):
        m.training = t
    return total

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    first = next(model.parameters())
    before = flat_gradient(model, X, y)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    old = first.data.clone()
    first.data += u.view_as(first)
    after = flat_gradient(model, X, y)
    first.data = old
    return float(torch.norm(after - before) / torch.norm(u))
