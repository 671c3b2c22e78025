"""Calls F.relu and drops what it returns.

C: The ReLU's result is dropped
G: The ReLU's result is dropped
"""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        L = (96 + 2 * padding - kernel_size) // stride + 1
        P = (L + 2 - 3) // pool_stride + 1
        self.conv = nn.Conv1d(1, 64, kernel_size, stride, padding)
        self.pool = nn.MaxPool1d(3, pool_stride, 1)
        self.linear = nn.Linear(64 * P, n_classes)

    def forward(self, x):
        x = self.conv(x.unsqueeze(1))
        F.relu(x)
        x = self.pool(x)
        return self.linear(x.flatten(1))


# %% G-answer
class WordCNN(nn.Module):
    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(entries, channels, kernel_size, padding=kernel_size // 2)
        self.relu = nn.ReLU()
        self.linear = nn.Linear(channels, n_classes)

    def forward(self, x):
        x = self.conv(x)
        self.relu(x)
        return self.linear(x.max(2).values)
