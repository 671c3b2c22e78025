"""Uses the stride in convolution and pooling, with the right size for that; pool_stride is not heard.

C: The stride is used in the pooling, too
"""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        L = (96 + 2 * padding - kernel_size) // stride + 1
        self.conv = nn.Conv1d(1, 64, kernel_size, stride=stride, padding=padding)
        self.pool = nn.MaxPool1d(3, stride=stride, padding=1)
        self.linear = nn.Linear(64 * ((L - 1) // stride + 1), n_classes)

    def forward(self, x):
        return self.linear(self.pool(F.relu(self.conv(x.unsqueeze(1)))).flatten(1))
