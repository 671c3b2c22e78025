"""A real step of SGD, in train mode, while f is measured in eval mode.

D: The step is made in train mode, while f is measured in eval mode.
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    params = list(model.parameters())
    w = nn.utils.parameters_to_vector(params).detach().clone()
    g0 = flat_gradient(model, X, y)
    modes = [m.training for m in model.modules()]
    kept = [b.clone() for b in model.buffers()]
    model.train()
    g = torch.autograd.grad(cross_entropy(model(X[batch]), y[batch]), params)
    for b, k in zip(model.buffers(), kept):
        b.copy_(k)
    for m, t in zip(model.modules(), modes):
        m.training = t
    u = -eta * torch.cat([x.flatten() for x in g])
    nn.utils.vector_to_parameters(w + u, params)
    g1 = flat_gradient(model, X, y)
    nn.utils.vector_to_parameters(w, params)
    return (torch.norm(g1 - g0) / torch.norm(u)).item()
