"""BatchNorm as in most architectures: right after the ReLU.

A: BatchNorm stands before the pooling; here it comes after it.
"""
# %% A-answer
class ConvNet(nn.Module):
    def __init__(self, batch_norm=False):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.fc = nn.Linear(32 * 7 * 7, 10)
        self.batch_norm = batch_norm
        if batch_norm:
            self.bn1 = nn.BatchNorm2d(16)
            self.bn2 = nn.BatchNorm2d(32)

    def forward(self, x):
        F = nn.functional
        x = x.reshape(-1, 1, 28, 28)
        x = F.relu(self.conv1(x))
        if self.batch_norm:
            x = self.bn1(x)
        x = F.relu(self.conv2(F.max_pool2d(x, 2)))
        if self.batch_norm:
            x = self.bn2(x)
        x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))
