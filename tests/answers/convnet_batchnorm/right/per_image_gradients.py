"""vmap over images; einsum for the norms; scatter plots.
"""
# %% C-answer
def flat_gradient(model, X, y):
    from torch.func import functional_call, grad, vmap
    parts = list(model.modules())
    were = [m.training for m in parts]
    for m in parts:
        m.training = False
    w = {k: p.detach() for k, p in model.named_parameters()}
    b = dict(model.named_buffers())
    one = lambda w, x, t: cross_entropy(functional_call(model, (w, b), (x[None],)), t[None])
    sums = {k: torch.zeros_like(p) for k, p in w.items()}
    for xs, ts in zip(X.split(20), y.split(20)):
        for k, g in vmap(grad(one), in_dims=(None, 0, 0))(w, xs, ts).items():
            sums[k] += g.sum(0)
    for m, t in zip(parts, were):
        m.training = t
    return torch.cat([s.flatten() for s in sums.values()]) / X.size(0)

# %% D-answer
def effective_smoothness(model, X, y, batch, eta):
    g0 = flat_gradient(model, X, y)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    w = nn.utils.parameters_to_vector(model.parameters()).detach().clone()
    try:
        nn.utils.vector_to_parameters(w + u, model.parameters())
        d = flat_gradient(model, X, y) - g0
    finally:
        nn.utils.vector_to_parameters(w, model.parameters())
    return (torch.einsum("i,i->", d, d) / torch.einsum("i,i->", u, u)).sqrt()

# %% E-answer
log = Log()
models = {}
for name, flag in {"without BatchNorm": False, "with BatchNorm": True}.items():
    models[name] = ConvNet(batch_norm=flag)
    def measure(model):
        train_result, test_result = evaluate(model, X, y), evaluate(model, X_test, y_test)
        return dict(loss=train_result.loss, accuracy=test_result.accuracy,
                    L=float(effective_smoothness(model, X, y, torch.arange(32), 0.04)))
    train(model=models[name], X=X, y=y, learning_rate=0.04, batch_size=32, passes=size.passes, measure=measure,
          name=name, log=log, seed=7, choose_threads=False, progress=False)
figures = plt.figure()
for k, q in enumerate(["loss", "accuracy", "L"]):
    ax = figures.add_subplot(2, 2, k + 1)
    for name in models:
        ax.scatter(*log.curve(name, q), label=name)
    plt.xlabel("passes"); plt.ylabel(q); plt.title(q)
