"""Forgets the axis of the one channel, so the batch is read as the channels; no bias in the word network.

C: The convolution gets a tensor of the wrong shape
G: A layer has no bias
"""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        L = (96 + 2 * padding - kernel_size) // stride + 1
        P = (L + 2 - 3) // pool_stride + 1
        self.conv = nn.Conv1d(1, 64, kernel_size, stride=stride, padding=padding)
        self.pool = nn.MaxPool1d(3, stride=pool_stride, padding=1)
        self.linear = nn.Linear(64 * P, n_classes)

    def forward(self, x):
        return self.linear(self.pool(F.relu(self.conv(x))).flatten(1))


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(entries, channels, kernel_size, padding=kernel_size // 2, bias=False)
        self.linear = nn.Linear(channels, n_classes)

    def forward(self, x):
        return self.linear(F.relu(self.conv(x)).amax(2))
