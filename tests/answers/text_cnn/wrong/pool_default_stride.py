"""Leaves the pooling's stride to PyTorch, which takes the window's 3; the size comes from a dry run.

C: The pooling has no stride of its own
"""
# %% C-answer
class TextCNN(nn.Module):
    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv1d(1, 64, kernel_size, stride=stride, padding=padding), nn.ReLU(), nn.MaxPool1d(3, padding=1),
            nn.Flatten(),
        )
        self.linear = nn.Linear(self.features(torch.zeros(1, 1, 96)).shape[1], n_classes)

    def forward(self, x):
        return self.linear(self.features(x.unsqueeze(1)))
