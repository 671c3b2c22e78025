"""The library's log and figure; the start of the run is logged, too; the search keeps a list."""
# %% B2-answer
from gradus.training import has_diverged


def diverges(eta, X=X_train, y=y_train):
    with torch.random.fork_rng():
        torch.manual_seed(5)
        net = MLP(784, [32, 16, 12], 10)
    sgd_pass(net, X, y, eta, 8, torch.Generator().manual_seed(5))
    return has_diverged(net) or evaluate(net, X, y, chunk=160).loss > 2.25


rates = [1e-3 * 2**k for k in range(9)]
outcomes = [diverges(rate) for rate in rates]
eta_div = torch.tensor(rates)[torch.tensor(outcomes)].min()

# %% C2-answer
from gradus.plots import loss_accuracy_figure

torch.manual_seed(5)
model = MLP(784, [32, 16, 12], 10)
averaged = MLP(784, [32, 16, 12], 10)
averaged.load_state_dict(model.state_dict())
log = Log(note=data.caption)
sets = {"train": (X_train, y_train), "test": (X_test, y_test)}
log.measure(0, {"plain": model, "averaged": averaged}, sets)
rng = torch.Generator().manual_seed(5)
for k in range(1, size.passes + 1):
    ema_sgd_pass(model, averaged, X_train, y_train, float(eta_div) / 2, size.gamma, size.batch_size, rng)
    log.measure(k, {"plain": model, "averaged": averaged}, sets)
figure = loss_accuracy_figure(log, skip=3)
