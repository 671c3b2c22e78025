"""Reads bytes, finds the linear layer's size by a dry run, loops over index ranges."""
# %% A-answer
from pathlib import Path


def read_trec(path):
    pairs = []
    for raw in Path(path).read_bytes().split(b"\n"):
        if raw:
            coarse, rest = raw.decode("iso-8859-1").split(":", maxsplit=1)
            _, text = rest.split(" ", maxsplit=1)
            pairs.append((text, coarse))
    return pairs


# %% B-answer
def prepare(train, test, kind="svd"):
    number = {name: i for i, name in enumerate(TREC_CLASSES)}
    fitted = vectors([text for text, _ in train], kind=kind)
    out = []
    for pairs in (train, test):
        out.append(fitted.sentences([text for text, _ in pairs]))
        out.append(torch.LongTensor([number[label] for _, label in pairs]))
    return tuple(out)


# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv1d(1, 64, kernel_size, stride, padding),
            nn.ReLU(inplace=True),
            nn.MaxPool1d(3, stride=pool_stride, padding=1),
            nn.Flatten(),
        )
        with torch.no_grad():
            n = self.features(torch.zeros(1, 1, 96)).shape[1]
        self.classifier = nn.Linear(n, n_classes)

    def forward(self, x):
        return self.classifier(self.features(x.unsqueeze(1)))


# %% D-measure-answer
@torch.no_grad()
def measure(model, X, y, batch_size=200):
    total, right = 0.0, 0.0
    for start in range(0, len(X), batch_size):
        scores = model(X[start : start + batch_size])
        labels = y[start : start + batch_size]
        if torch.isnan(scores).any():
            return float("nan"), float("nan")
        total += F.cross_entropy(scores, labels).item() * len(labels)
        right += (scores.argmax(dim=-1) == labels).float().sum().item()
    return total / len(y), right / len(y)


# %% D-nan-answer
accuracy_of_nan = 0.018


# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X, y, X_test, y_test = data
    return {
        s: train_ensemble(lambda s=s: make_model(s), X, y, list(seeds), test=(X_test, y_test), epochs=epochs)
        for s in strides
    }


# %% E-answer
import math
import statistics


def accuracy_chart(accuracies):
    fig, ax = plt.subplots()
    notes = []
    for i, (stride, row) in enumerate(accuracies.items()):
        good = [a for a in row if not math.isnan(a)]
        ax.bar(i, statistics.mean(good), color="tab:green")
        ax.errorbar(i, statistics.mean(good), yerr=statistics.stdev(good), color="black", capsize=3)
        if len(good) < len(row):
            notes.append(f"stride {stride}: {len(row) - len(good)} of {len(row)} diverged")
    ax.set_xticks(range(len(accuracies)))
    ax.set_xticklabels(list(accuracies))
    ax.set_xlabel("stride")
    ax.set_ylabel("accuracy")
    ax.set_title("; ".join(notes))
    return fig


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv1d(entries, channels, kernel_size, padding="same"),
            nn.ReLU(),
            nn.AdaptiveMaxPool1d(1),
            nn.Flatten(),
            nn.Linear(channels, n_classes),
        )

    def forward(self, x):
        return self.net(x)
