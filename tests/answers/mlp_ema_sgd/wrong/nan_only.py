"""Diverged means NaN: 3.2e-2 or more.

B2: Only NaN counts as diverged
"""
# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return math.isnan(loss)


eta_div = next((1e-3 * 2**k for k in range(8) if diverges(1e-3 * 2**k)), 0.256)
