"""Adam from torch.optim.

B1: These are updates of Adam
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    optimizer = torch.optim.Adam(params, lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        optimizer.zero_grad()
        cross_entropy(model(X[idx]), y[idx]).backward()
        optimizer.step()
