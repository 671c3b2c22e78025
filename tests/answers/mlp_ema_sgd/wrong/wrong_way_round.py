"""True where it learns.

B2: The answers are the wrong way round
"""
# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return loss < 2.25


eta_div = 0.016
