"""A DataLoader with a random sampler; the average as a class of its own."""
# %% B1-answer
from torch.utils.data import DataLoader, RandomSampler, TensorDataset


def loader_for(X, y, batch_size, rng):
    dataset = TensorDataset(X, y)
    updates = round(len(X) / batch_size)
    sampler = RandomSampler(dataset, replacement=True, num_samples=updates * batch_size, generator=rng)
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)


def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    for xb, yb in loader_for(X, y, batch_size, rng):
        grads = torch.autograd.grad(cross_entropy(model(xb), yb), list(model.parameters()))
        for p, g in zip(model.parameters(), grads):
            p.data.sub_(learning_rate * g)


# %% C1-answer
class Average:
    def __init__(self, averaged, gamma):
        self.averaged, self.gamma = averaged, gamma

    @torch.no_grad()
    def follow(self, model):
        for mine, theirs in zip(self.averaged.parameters(), model.parameters()):
            mine.copy_(self.gamma * theirs + (1 - self.gamma) * mine)


class Trainer:
    def __init__(self, model, learning_rate):
        self.model, self.learning_rate = model, learning_rate
        self.listeners = []

    def update(self, xb, yb):
        parameters = list(self.model.parameters())
        gradients = torch.autograd.grad(cross_entropy(self.model(xb), yb), parameters)
        for p, g in zip(parameters, gradients):
            p.data.sub_(self.learning_rate * g)
        for listener in self.listeners:
            listener.follow(self.model)


def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    trainer = Trainer(model, learning_rate)
    trainer.listeners.append(Average(averaged, gamma))
    for xb, yb in loader_for(X, y, batch_size, rng):
        trainer.update(xb, yb)
