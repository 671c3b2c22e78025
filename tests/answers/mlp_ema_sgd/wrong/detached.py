"""x.data between the layers.

A: The hidden layers get no gradient
B2: -
C2: -
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
        x = torch.relu(self.fc1(x)).data
        x = torch.relu(self.fc2(x)).data
        x = torch.relu(self.fc3(x)).data
        return self.out(x)
