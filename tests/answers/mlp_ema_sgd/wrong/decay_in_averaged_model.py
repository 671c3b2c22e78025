"""gamma where AveragedModel wants the share of the old average.

C1: γ and 1 − γ have changed places
"""
# %% C1-answer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    follower = AveragedModel(averaged, multi_avg_fn=get_ema_multi_avg_fn(gamma))
    follower.n_averaged.fill_(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for rows in torch.randperm(len(X), generator=rng)[: round(len(X) / batch_size) * batch_size].split(batch_size):
        optimizer.zero_grad()
        cross_entropy(model(X[rows]), y[rows]).backward()
        optimizer.step()
        follower.update_parameters(model)
    averaged.load_state_dict(follower.module.state_dict())
