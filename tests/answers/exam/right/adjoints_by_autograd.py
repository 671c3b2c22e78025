"""Autograd instead of formulas: the question asks for the right functions."""
# %% 5b-answer
def adjoints(v1, v2, v3, v4, v5, v6):
    a, b, c = (torch.tensor(v, requires_grad=True) for v in (v1, v2, v3))
    d = a @ b
    e = d.exp()
    f = d + e
    g = torch.nn.functional.mse_loss(f, c)
    found = torch.autograd.grad(g, (f, e, d, c, b, a), retain_graph=True)
    return {"v7": 1, **dict(zip(("v6", "v5", "v4", "v3", "v2", "v1"), found))}
