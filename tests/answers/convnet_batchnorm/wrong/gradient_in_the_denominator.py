"""Divides by the minibatch's gradient, not by the step.

D: The denominator lacks eta
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    params = list(model.parameters())
    w = nn.utils.parameters_to_vector(params).detach().clone()
    g0 = flat_gradient(model, X, y)
    g = flat_gradient(model, X[batch], y[batch])
    nn.utils.vector_to_parameters(w - eta * g, params)
    g1 = flat_gradient(model, X, y)
    nn.utils.vector_to_parameters(w, params)
    return (torch.norm(g1 - g0) / torch.norm(g)).item()
