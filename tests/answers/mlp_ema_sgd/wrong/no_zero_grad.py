"""backward() without clearing .grad.

B1: Gradients of earlier batches are still in .grad
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        cross_entropy(model(X[idx]), y[idx]).backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
