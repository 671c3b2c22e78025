"""The plain model is logged before the pass, the averaged one after it.

C2: The two logs were taken at different moments
"""
# %% C2-answer
def numbers(net):
    return [*evaluate(net, X_train, y_train), *evaluate(net, X_test, y_test)]


torch.manual_seed(2)
model = MLP(784, [32, 16, 12], 10)
averaged = copy.deepcopy(model)
rng = torch.Generator().manual_seed(2)
log = {"plain": [], "averaged": []}
for k in range(size.passes):
    log["plain"].append(numbers(model))
    ema_sgd_pass(model, averaged, X_train, y_train, eta_div / 2, 1e-3, 8, rng)
    log["averaged"].append(numbers(averaged))

figure, panels = plt.subplots(2, 2)
for axes, column, words in zip(panels.flat, (0, 2, 1, 3), ("train loss", "test loss", "train accuracy", "test accuracy")):
    for name in log:
        axes.plot(range(3, 3 + len(log[name]) - 2), [row[column] for row in log[name][2:]], label=name)
    axes.set_xlabel("passes")
    axes.set_ylabel(words)
    axes.legend()
