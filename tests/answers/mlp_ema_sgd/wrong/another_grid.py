"""Steps of 1e-3.

B2: η_div is none of 1e-3
"""
# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return not loss < 2.25


eta_div = 3e-3
while eta_div < 1 and not diverges(eta_div):
    eta_div += 4e-3
