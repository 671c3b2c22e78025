"""Detaches x in the module.

D: x is detached
E: x is detached inside g
"""
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.clone())

    def forward(self, x):
        x = torch.tensor(x.tolist(), dtype=x.dtype)
        return torch.linalg.solve(self.M, soft_threshold(x @ self.M.T, self.T).T).T
