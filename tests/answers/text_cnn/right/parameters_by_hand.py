"""No layers at all: plain parameters, unfold and matrix products; the words' mean is taken by hand."""
# %% A-answer
import re


def read_trec(path):
    with open(path, encoding="latin1") as file:
        return [(m[2], m[1]) for m in re.finditer(r"^([A-Z]+):\S+ (.*)$", file.read(), re.MULTILINE)]


# %% B-answer
def prepare(train, test, kind="svd"):
    fitted = vectors([t for t, c in train], kind)

    def of(pairs):
        X = torch.stack([torch.stack([fitted.word(token) for token in tokenise(t)]).mean(0) for t, c in pairs])
        return X, torch.tensor([sorted(TREC_CLASSES).index(c) for t, c in pairs], dtype=torch.long)

    return *of(train), *of(test)


# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        self.padding, self.stride, self.pool_stride, self.k = padding, stride, pool_stride, kernel_size
        L = (96 + 2 * padding - kernel_size) // stride + 1
        P = (L - 1) // pool_stride + 1
        self.w = nn.Parameter(torch.randn(64, kernel_size) / kernel_size**0.5)
        self.b = nn.Parameter(torch.zeros(64))
        self.v = nn.Parameter(torch.randn(64 * P, n_classes) / (64 * P) ** 0.5)
        self.c = nn.Parameter(torch.zeros(n_classes))

    def forward(self, x):
        windows = F.pad(x, (self.padding, self.padding)).unfold(1, self.k, self.stride)  # (b, L, k)
        h = (windows @ self.w.T + self.b).clamp(min=0).transpose(1, 2)  # (b, 64, L)
        h = F.pad(h, (1, 1)).unfold(2, 3, self.pool_stride).amax(-1)  # (b, 64, P)
        return h.reshape(len(x), -1) @ self.v + self.c


# %% D-measure-answer
def measure(model, X, y, batch_size=200):
    losses, hits = [], []
    with torch.inference_mode():
        for i in torch.arange(len(X)).split(batch_size):
            log_p = model(X[i]).log_softmax(1)
            losses += (-log_p[range(len(i)), y[i]]).tolist()
            hits += torch.where(log_p.isnan().any(1), torch.nan, (log_p.argmax(1) == y[i]).float()).tolist()
    return sum(losses) / len(losses), sum(hits) / len(hits)


# %% D-nan-answer
from fractions import Fraction

accuracy_of_nan = Fraction(9, 500)


# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X, y, *test = data
    out = {}
    for stride in strides:
        out[stride] = [
            train_one(lambda: make_model(stride), X, y, seed, test=tuple(test), epochs=epochs, batch_size=32,
                      learning_rate=0.1, momentum=0.8, progress=False)
            for seed in seeds
        ]
    return out


# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    mean, std = np.nanmean(table, axis=1), np.nanstd(table, axis=1, ddof=1)
    places = np.arange(len(table))
    figure, ax = plt.subplots()
    ax.bar(places, mean, tick_label=[f"s = {s}" for s in accuracies])
    ax.vlines(places, mean - std, mean + std, colors="k")
    for i, row in enumerate(table):
        ax.text(i, 0.02, f"n = {np.isfinite(row).sum()}", ha="center")
    ax.set(xlabel="Stride", ylabel="Genauigkeit")
    return ax


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.k = kernel_size
        self.w = nn.Parameter(torch.randn(channels, entries * kernel_size) / (entries * kernel_size) ** 0.5)
        self.b = nn.Parameter(torch.zeros(channels))
        self.v = nn.Parameter(torch.zeros(n_classes, channels))
        self.c = nn.Parameter(torch.zeros(n_classes))

    def forward(self, x):
        half = self.k // 2
        windows = F.pad(x, (half, half)).unfold(2, self.k, 1)  # (b, D, L, k)
        windows = windows.permute(0, 2, 1, 3).flatten(2)  # (b, L, D k)
        h = torch.relu(windows @ self.w.T + self.b)
        return torch.einsum("bc,nc->bn", h.max(dim=1)[0], self.v) + self.c
