"""Two panels, no accuracies.

C2: -
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
    ema_sgd_pass(model, averaged, X_train, y_train, eta_div / 2, 1e-3, 8, rng)
    log["plain"].append(numbers(model))
    log["averaged"].append(numbers(averaged))

figure, panels = plt.subplots(1, 2)
for axes, column in zip(panels.flat, (0, 2)):
    for name in log:
        axes.plot([row[column] for row in log[name]][2:], label=name)
    axes.set(xlabel="passes", ylabel="loss")
