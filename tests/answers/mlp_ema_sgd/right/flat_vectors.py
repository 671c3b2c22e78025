"""All parameters as one vector (parameters_to_vector); the average is a vector, too."""
# %% B1-answer
from torch.nn.utils import parameters_to_vector, vector_to_parameters


def gradient_vector(model, X, y):
    parts = torch.autograd.grad(cross_entropy(model(X), y), list(model.parameters()))
    return torch.cat([part.reshape(-1) for part in parts])


def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        step = learning_rate * gradient_vector(model, X[batch], y[batch])
        vector_to_parameters(parameters_to_vector(model.parameters()).detach() - step, model.parameters())


# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    wbar = parameters_to_vector(averaged.parameters()).detach()
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        step = learning_rate * gradient_vector(model, X[batch], y[batch])
        w = parameters_to_vector(model.parameters()).detach() - step
        vector_to_parameters(w, model.parameters())
        wbar = (1 - gamma) * wbar + gamma * w
    vector_to_parameters(wbar, averaged.parameters())
