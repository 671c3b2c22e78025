"""backward() without zero_grad().

C: Gradients left over from before are added
D: -
E: -
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    for i in range(0, len(X), 500):
        loss = cross_entropy(model(X[i:i + 500]), y[i:i + 500], reduction="sum") / len(X)
        loss.backward()
    for m, t in zip(model.modules(), modes):
        m.training = t
    return torch.cat([p.grad.flatten() for p in params]).clone()
