"""Forgets to change back.

D: M^-1 is missing
E: -
"""
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.clone())

    def forward(self, x):
        return soft_threshold(x @ self.M.T, self.T)
