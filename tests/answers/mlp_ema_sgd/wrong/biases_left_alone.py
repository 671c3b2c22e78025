"""Updates the matrices only.

B1: Only the weight matrices are updated
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        grads = torch.autograd.grad(cross_entropy(model(X[idx]), y[idx]), params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                if p.dim() == 2:
                    p -= learning_rate * g
