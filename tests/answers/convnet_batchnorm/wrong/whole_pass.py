"""u is what a pass of training has moved.

D: u is taken over a whole pass; it is one step of SGD.
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    import copy
    B = len(batch)
    moved = copy.deepcopy(model).eval()
    w0 = nn.utils.parameters_to_vector(model.parameters()).detach().clone()
    for k in range(0, len(X), B):
        loss = cross_entropy(moved(X[k:k + B]), y[k:k + B])
        grads = torch.autograd.grad(loss, list(moved.parameters()))
        with torch.no_grad():
            for p, g in zip(moved.parameters(), grads):
                p -= eta * g
    u = nn.utils.parameters_to_vector(moved.parameters()).detach() - w0
    return float((flat_gradient(moved, X, y) - flat_gradient(model, X, y)).norm() / u.norm())
