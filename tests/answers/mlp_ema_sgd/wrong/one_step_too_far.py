"""Doubles once more after it has found it.

B2: η_div is one step too far
"""
# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return not loss < 2.25


eta, found = 1e-3, False
while eta < 1 and not found:
    found = diverges(eta)
    eta = 2 * eta
eta_div = eta
