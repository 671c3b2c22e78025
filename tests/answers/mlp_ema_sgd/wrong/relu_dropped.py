"""relu(out) is called, and its result dropped: the network is linear.

A: The result of ReLU is dropped
"""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_sizes[0])
        self.fc2 = nn.Linear(hidden_sizes[0], hidden_sizes[1])
        self.fc3 = nn.Linear(hidden_sizes[1], hidden_sizes[2])
        self.out = nn.Linear(hidden_sizes[2], n_classes)

    def forward(self, x):
        relu = nn.ReLU()
        out = self.fc1(x)
        relu(out)
        out = self.fc2(out)
        relu(out)
        out = self.fc3(out)
        relu(out)
        return self.out(out)
