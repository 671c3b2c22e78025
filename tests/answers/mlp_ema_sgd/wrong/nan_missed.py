"""loss > 2.25 alone.

B2: NaN goes unnoticed
"""
# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return loss > 2.25


eta_div = 1e-3
while eta_div < 1 and not diverges(eta_div):
    eta_div *= 2
