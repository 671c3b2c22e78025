"""MLP is a function that builds a network; the loop is made of closures; the search is one expression."""
# %% A-answer
def MLP(input_dim, hidden_sizes, n_classes):
    def block(n_in, n_out):
        return nn.Sequential(nn.Linear(n_in, n_out), nn.ReLU(inplace=True))

    ins = [input_dim, *hidden_sizes[:-1]]
    return nn.Sequential(*map(block, ins, hidden_sizes), nn.Linear(hidden_sizes[-1], n_classes))


# %% B1-answer
def make_stepper(model, learning_rate, after=lambda: None):
    parameters = tuple(model.parameters())

    def step(X, y):
        gradients = torch.autograd.grad(cross_entropy(model(X), y), parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-learning_rate)
        after()

    return step


def make_batches(n, batch_size, rng):
    return torch.randint(n, (round(n / batch_size), batch_size), generator=rng)


def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    step = make_stepper(model, learning_rate)
    for batch in make_batches(len(X), batch_size, rng):
        step(X[batch], y[batch])


# %% B2-answer
def diverges(eta, X=X_train, y=y_train):
    torch.manual_seed(7)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(7))
    return not evaluate(model, X, y).loss < 2.25


eta_div = next(eta for eta in (1e-3 * 2**k for k in itertools.count()) if diverges(eta))

# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    def follow():
        torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), gamma)

    step = make_stepper(model, learning_rate, torch.no_grad()(follow))
    for batch in make_batches(len(X), batch_size, rng):
        step(X[batch], y[batch])
