"""Momentum 0.9 from torch.optim.

B1: There is momentum in the updates
"""
# %% B1-answer
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    params = list(model.parameters())
    optimizer = torch.optim.SGD(params, lr=learning_rate, momentum=0.9)
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        optimizer.zero_grad()
        cross_entropy(model(X[idx]), y[idx]).backward()
        optimizer.step()
