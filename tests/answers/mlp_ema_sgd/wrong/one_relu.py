"""Only the first layer is followed by a ReLU.

A: Only the first hidden layer has a ReLU
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
        return self.out(self.fc3(self.fc2(torch.relu(self.fc1(x)))))
