"""Writes into a fresh tensor through boolean indices; strict and loose inequalities mixed."""
# %% A-answer
def soft_threshold(y, T):
    result = torch.zeros_like(y)
    high, low = y >= T, y <= -T
    result[high] = (y[high] - T) ** 2
    result[low] = (y[low] + T) ** 3
    return result
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        super(ConjugateSoftThreshold, self).__init__()
        self.register_parameter("M", nn.Parameter(M0.clone()))
        self._T = float(T)

    def forward(self, x):
        columns = x.T if x.ndim > 1 else x.unsqueeze(1)
        out = torch.linalg.solve(self.M, soft_threshold(self.M @ columns, self._T))
        return out.T if x.ndim > 1 else out.squeeze(1)
