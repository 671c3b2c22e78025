"""AveragedModel as it comes: its first update copies.

C1: The first update copies the model
"""
# %% C1-answer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    follower = AveragedModel(averaged, multi_avg_fn=get_ema_multi_avg_fn(1 - gamma))
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        idx = torch.randint(len(X), (batch_size,), generator=rng)
        optimizer.zero_grad()
        cross_entropy(model(X[idx]), y[idx]).backward()
        optimizer.step()
        follower.update_parameters(model)
    averaged.load_state_dict(follower.module.state_dict())
