"""Accuracy in percent, loss on a log scale, a line for guessing, passes counted from 0, one panel after the other."""
# %% C2-answer
def measure(net):
    net.eval()
    out = []
    with torch.no_grad():
        for X, y in [(X_train, y_train), (X_test, y_test)]:
            scores = net(X)
            out += [cross_entropy(scores, y).item(), 100 * (scores.argmax(1) == y).float().mean().item()]
    net.train()
    return out


torch.manual_seed(8)
model = MLP(784, [32, 16, 12], 10)
averaged = copy.deepcopy(model)
for p in averaged.parameters():
    p.requires_grad_(False)
rng = torch.Generator().manual_seed(8)
plain_log, average_log = [], []
for k in range(size.passes):
    ema_sgd_pass(model, averaged, X_train, y_train, eta_div / 2, size.gamma, size.batch_size, rng)
    plain_log.append(measure(model))
    average_log.append(measure(averaged))

plain_log, average_log = torch.tensor(plain_log), torch.tensor(average_log)
figure = plt.figure(figsize=(10, 7))
grid = figure.add_gridspec(2, 2)
for column, place, words in [(0, grid[0, 0], "loss, training"), (2, grid[0, 1], "loss, test"),
                             (1, grid[1, 0], "% right, training"), (3, grid[1, 1], "% right, test")]:
    axes = figure.add_subplot(place)
    axes.plot(torch.arange(2, size.passes), plain_log[2:, column], "--", color="k")
    axes.plot(torch.arange(2, size.passes), average_log[2:, column], color="r")
    axes.set_xlabel("passes so far")
    axes.set_ylabel(words)
    axes.axhline(1, color="0.8")
    if column % 2 == 0:
        axes.set_yscale("log")
figure.legend(["SGD", "average"])
