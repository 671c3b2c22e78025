"""The layers are in a Python list.

A: The layers lie in a plain Python list
B2: -
C2: -
"""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        sizes = [input_dim] + hidden_sizes + [n_classes]
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
