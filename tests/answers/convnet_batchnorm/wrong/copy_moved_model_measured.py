"""Moves a copy and measures the original.

D: L is 0
"""
# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    import copy
    moved = copy.deepcopy(model)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    nn.utils.vector_to_parameters(nn.utils.parameters_to_vector(moved.parameters()) + u, moved.parameters())
    g0 = flat_gradient(model, X, y)
    g1 = flat_gradient(model, X, y)
    return float((g1 - g0).norm() / u.norm())
