"""One network for all learning rates.

B2: The same network is trained again and again
"""
# %% B2-answer
torch.manual_seed(0)
model = MLP(784, [32, 16, 12], 10)

def diverges(eta, X=X_train, y=y_train):
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss, accuracy = evaluate(model, X, y)
    return not loss < 2.25


eta_div = 1e-3
while eta_div < 1 and not diverges(eta_div):
    eta_div *= 2
