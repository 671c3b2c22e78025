"""A loop over zipped columns; the chart is drawn through pyplot's state, with a note on the figure."""
# %% C-answer
def out(n, k, p, s):
    import math

    return math.floor((n + 2 * p - k) / s + 1)


class TextCNN(nn.Sequential):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        L = out(96, kernel_size, padding, stride)
        super().__init__(
            nn.Unflatten(1, (1, 96)),
            nn.Conv1d(1, 64, kernel_size, padding=padding, stride=stride),
            nn.ReLU(),
            nn.MaxPool1d(kernel_size=3, padding=1, stride=pool_stride),
            nn.Flatten(1),
            nn.Linear(64 * out(L, 3, 1, pool_stride), n_classes),
        )


# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    training, testing = data[:2], data[2:]
    results = dict.fromkeys(strides)
    for stride in results:
        def make():
            return make_model(stride)

        results[stride] = train_ensemble(make, *training, seeds=seeds, epochs=epochs, test=testing, progress=False)
    return results


# %% E-answer
def accuracy_chart(accuracies):
    import numpy as np

    plt.figure(figsize=(8, 3))
    for place, (stride, values) in enumerate(accuracies.items()):
        values = np.asarray(values, dtype=float)
        values = values[~np.isnan(values)]
        spread = np.std(values, ddof=1)
        plt.bar(place, values.mean(), width=0.5, color=f"C{place}")
        plt.plot([place, place], [values.mean() - spread, values.mean() + spread], "k-", lw=2)
    plt.xticks(np.arange(len(accuracies)), [str(s) for s in accuracies])
    plt.xlabel("stride of the convolution")
    plt.ylabel("share of right answers")
    missing = {s: int(np.isnan(v).sum()) for s, v in accuracies.items() if np.isnan(v).any()}
    plt.figtext(0.5, 0.95, f"diverged and not counted: {missing}")
    return plt.gcf()
