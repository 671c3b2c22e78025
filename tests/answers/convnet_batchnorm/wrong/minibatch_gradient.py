"""Measures on the minibatch, as it is so much faster.

D: grad f is taken over the minibatch
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    params = list(model.parameters())
    w = nn.utils.parameters_to_vector(params).detach().clone()
    g0 = flat_gradient(model, X[batch], y[batch])
    u = -eta * flat_gradient(model, X[batch], y[batch])
    nn.utils.vector_to_parameters(w + u, params)
    g1 = flat_gradient(model, X[batch], y[batch])
    nn.utils.vector_to_parameters(w, params)
    return (torch.norm(g1 - g0) / torch.norm(u)).item()
