"""Keeps M as a plain tensor.

D: M is not an nn.Parameter
E: -
"""
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = M0

    def forward(self, x):
        return torch.linalg.solve(self.M, soft_threshold(self.M @ x, self.T))
