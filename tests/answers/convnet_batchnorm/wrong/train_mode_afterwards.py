"""Ends with model.train(), whatever it was before.

C: The model is put into train mode as a whole
D: The model is put into train mode as a whole
"""
# %% C-answer
def flat_gradient(model, X, y):
    params = list(model.parameters())
    modes = [m.training for m in model.modules()]
    model.eval()
    total = 0
    for i in range(0, len(X), 500):
        loss = cross_entropy(model(X[i:i + 500]), y[i:i + 500], reduction="sum") / len(X)
        total = total + torch.cat([g.flatten() for g in torch.autograd.grad(loss, params)])
    model.train()
    return total
