"""Keeps the parameters themselves, not copies of them.

D: The weights are not put back
E: -
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    old = [p.data for p in model.parameters()]
    g0 = flat_gradient(model, X, y)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    k = 0
    for p in model.parameters():
        p.data += u[k:k + p.numel()].view(p.shape)
        k += p.numel()
    g1 = flat_gradient(model, X, y)
    for p, o in zip(model.parameters(), old):
        p.data = o
    return float((g1 - g0).norm() / u.norm())
