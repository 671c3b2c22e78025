"""Rounds the formula up.

C: The linear layer does not fit what the pooling leaves
"""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        import math

        L = math.ceil((96 + 2 * padding - kernel_size) / stride) + 1
        P = math.ceil((L - 1) / pool_stride) + 1
        self.conv = nn.Conv1d(1, 64, kernel_size, stride=stride, padding=padding)
        self.pool = nn.MaxPool1d(3, stride=pool_stride, padding=1)
        self.linear = nn.Linear(64 * P, n_classes)

    def forward(self, x):
        return self.linear(self.pool(F.relu(self.conv(x.unsqueeze(1)))).flatten(1))
