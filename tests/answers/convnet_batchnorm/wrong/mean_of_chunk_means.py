"""Averages the chunks' gradients, the short one like the others.

C: The mean of the chunks' means is taken
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    parts = []
    for xb, yb in zip(X.split(400), y.split(400)):
        parts.append(torch.cat([g.flatten() for g in torch.autograd.grad(cross_entropy(model(xb), yb), params)]))
    for m, t in zip(model.modules(), modes):
        m.training = t
    return torch.stack(parts).mean(0)
