"""nn.Sequential with a ReLU after every layer, the last one included.

A: ReLU stands on the scores
"""
# %% A-answer
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        layers, n_in = [], input_dim
        for n_out in hidden_sizes + [n_classes]:
            layers += [nn.Linear(n_in, n_out), nn.ReLU()]
            n_in = n_out
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
