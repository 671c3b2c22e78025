"""C1 forgets to clear .grad.

C1: Gradients of earlier batches are still in .grad
"""
# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    params, averages = list(model.parameters()), list(averaged.parameters())
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        cross_entropy(model(X[idx]), y[idx]).backward()
        with torch.no_grad():
            for p, a in zip(params, averages):
                p -= learning_rate * p.grad
                a.lerp_(p, gamma)
