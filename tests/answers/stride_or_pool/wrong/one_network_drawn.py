"""Draws the strided network only.

C-figure: 2 of 6 criteria are met
"""
# %% C-figure-answer
models = {"pooled": PooledConvNet(), "strided": StridedConvNet()}
history = {name: [] for name in models}


def make(name):
    optimizer = torch.optim.SGD(models[name].parameters(), lr=0.04)

    def one_pass():
        for batch in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            cross_entropy(models[name](X[batch]), y[batch]).backward()
            optimizer.step()

    return one_pass


def log(name, k):
    a, b = evaluate(models[name], X, y), evaluate(models[name], X_test, y_test)
    history[name].append((a.loss, b.loss, a.accuracy, b.accuracy))


seconds = train_in_turns({name: make(name) for name in models}, log, size.passes)
figures, axs = plt.subplots(2, 2)
for k, ax in enumerate(axs.flat):
    for name in ["strided"]:
        ax.plot([row[k] for row in history[name]], label=name)
    ax.set_xlabel("pass")
    ax.set_ylabel(["train loss", "test loss", "train accuracy", "test accuracy"][k])
