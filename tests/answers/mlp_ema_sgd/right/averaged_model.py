"""AveragedModel from torch.optim.swa_utils, told not to copy at its first update; its module is `averaged` in C2."""
# %% C1-answer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    follower = AveragedModel(averaged, multi_avg_fn=get_ema_multi_avg_fn(1 - gamma))
    follower.n_averaged += 1  # 0 would make the first update a copy
    optimizer = torch.optim.SGD(model.parameters(), learning_rate)
    for _ in range(round(len(X) / batch_size)):
        i = torch.randint(len(X), (batch_size,), generator=rng)
        optimizer.zero_grad(set_to_none=True)
        cross_entropy(model(X[i]), y[i]).backward()
        optimizer.step()
        follower.update_parameters(model)
    averaged.load_state_dict(follower.module.state_dict())


# %% C2-answer
torch.manual_seed(3)
model = MLP(784, [32, 16, 12], 10)
averaged = AveragedModel(model).module
rng = torch.Generator().manual_seed(3)
history = {"plain": [], "average": []}
for k in range(size.passes):
    ema_sgd_pass(model, averaged, X_train, y_train, eta_div / 2, 1e-3, 8, rng)
    for name, network in (("plain", model), ("average", averaged)):
        history[name].append([*evaluate(network, X_train, y_train), *evaluate(network, X_test, y_test)])

figure = plt.figure()
for place, column, title in ((1, 0, "train loss"), (2, 2, "test loss"), (3, 1, "train accuracy"), (4, 3, "test accuracy")):
    plt.subplot(2, 2, place)
    for name, rows in history.items():
        plt.plot(range(3, size.passes + 1), [row[column] for row in rows[2:]], "o-", label=name)
    plt.xlabel("pass")
    plt.ylabel(title)
plt.legend()
