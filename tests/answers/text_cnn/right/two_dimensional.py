"""Conv2d and MaxPool2d over an image of height 1 (and of width D), as in many tutorials on text."""
# %% A-answer
def read_trec(path):
    import io

    with io.open(path, "rb") as f:
        return [parse(line) for line in f if line.strip()]


def parse(line):
    line = line.decode("latin-1").rstrip("\r\n")
    colon, blank = line.index(":"), line.index(" ")
    return line[blank + 1 :], line[:colon]


# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        self.conv = nn.Conv2d(1, 64, (1, kernel_size), padding=(0, padding), stride=(1, stride))
        self.pool = nn.MaxPool2d((1, 3), padding=(0, 1), stride=(1, pool_stride))
        n = 96
        for k, p, s in ((kernel_size, padding, stride), (3, 1, pool_stride)):
            n = int((n + 2 * p - k) / s) + 1
        self.linear = nn.Linear(64 * n, n_classes)

    def forward(self, x):
        image = x[:, None, None, :]
        image = self.pool(torch.relu_(self.conv(image)))
        return self.linear(image.reshape(image.shape[0], -1))


# %% E-answer
from matplotlib.figure import Figure


def accuracy_chart(accuracies):
    figure = Figure(figsize=(5, 3))
    axes = figure.add_subplot()
    for stride, row in accuracies.items():
        row = torch.as_tensor(row)
        row = row[row == row]
        bar = axes.bar(str(stride), row.mean(), yerr=row.std(), ecolor="red", error_kw={"elinewidth": 3})
        axes.bar_label(bar, labels=[f"{len(row)} models"])
    axes.set_xlabel(r"$s$ (stride)")
    axes.set_ylabel("Test accuracy")
    return figure, axes


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv2d(1, channels, (entries, kernel_size), padding=(0, kernel_size // 2))
        self.linear = nn.Linear(channels, n_classes)

    def forward(self, x):
        h = F.relu(self.conv(x.unsqueeze(1)))  # (b, channels, 1, L)
        return self.linear(h.flatten(2).max(2).values)
