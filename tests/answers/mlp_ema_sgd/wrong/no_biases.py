"""bias=False.

A: The layers have no biases
"""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        h = hidden_sizes
        self.fc1 = nn.Linear(input_dim, h[0], bias=False)
        self.fc2 = nn.Linear(h[0], h[1], bias=False)
        self.fc3 = nn.Linear(h[1], h[2], bias=False)
        self.out = nn.Linear(h[2], n_classes, bias=False)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.out(torch.relu(self.fc3(x)))
