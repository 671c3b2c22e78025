"""Sums in float64 and a convolution written as a loop over the kernel."""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        self.conv = nn.Conv1d(1, 64, kernel_size)
        self.padding, self.stride, self.pool_stride = padding, stride, pool_stride
        starts = range(-padding, 96 + padding - kernel_size + 1, stride)
        pools = range(-1, len(starts) + 1 - 3 + 1, pool_stride)
        self.linear = nn.Linear(64 * len(pools), n_classes)

    def forward(self, x):
        x = torch.cat([x.new_zeros(len(x), self.padding), x, x.new_zeros(len(x), self.padding)], dim=1)
        k = self.conv.weight.shape[-1]
        n = (x.shape[1] - k) // self.stride + 1
        h = self.conv.bias[:, None]
        for j in range(k):
            entries = x[:, j : j + (n - 1) * self.stride + 1 : self.stride]
            h = h + self.conv.weight[:, 0, j, None] * entries[:, None, :]
        h = torch.where(h > 0, h, 0)
        return self.linear(nn.functional.max_pool1d(h, 3, stride=self.pool_stride, padding=1).flatten(1))


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.steps = nn.ModuleDict({
            "convolve": nn.Conv1d(entries, channels, kernel_size, padding=kernel_size // 2),
            "decide": nn.Linear(channels, n_classes),
        })

    def forward(self, x):
        h = self.steps["convolve"](x)
        return self.steps["decide"](F.relu(h.topk(1, dim=-1).values[..., 0]))


# %% D-measure-answer
def measure(model, X, y, batch_size=200):
    loss = torch.zeros((), dtype=torch.float64)
    right = torch.zeros((), dtype=torch.float64)
    with torch.no_grad():
        for start in range(0, len(X), batch_size):
            part = slice(start, min(start + batch_size, len(X)))
            scores = model(X[part]).double()
            loss += F.nll_loss(F.log_softmax(scores, dim=1), y[part], reduction="sum")
            right += torch.sum(scores.argmax(1) == y[part])
    loss, accuracy = loss / len(X), right / len(X)
    if torch.isnan(loss):
        accuracy = torch.tensor(torch.nan)
    return float(loss), float(accuracy)
