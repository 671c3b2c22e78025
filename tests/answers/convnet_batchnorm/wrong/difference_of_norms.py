"""Compares the lengths of the gradients.

D: The difference of the norms is taken; it is the norm of the difference.
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    params = list(model.parameters())
    w = nn.utils.parameters_to_vector(params).detach().clone()
    g0 = flat_gradient(model, X, y)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    nn.utils.vector_to_parameters(w + u, params)
    g1 = flat_gradient(model, X, y)
    nn.utils.vector_to_parameters(w, params)
    return (abs(torch.norm(g1) - torch.norm(g0)) / torch.norm(u)).item()
