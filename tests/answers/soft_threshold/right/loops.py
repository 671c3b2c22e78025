"""Loops over the entries with if and else, stacked; slow and right."""
# %% A-answer
def soft_threshold(y, T):
    def one(value):
        if value > T:
            return (value - T) ** 2
        elif value < -T:
            return (value + T) ** 3
        return 0 * value

    if y.numel() == 0:
        return y
    return torch.stack([one(value) for value in y.reshape(-1)]).reshape(y.shape)
# %% D-answer
class ConjugateSoftThreshold(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        if x.dim() == 2:
            return torch.stack([self.forward(row) for row in x])
        inverse = torch.inverse(self.M)
        d = len(x)
        Mx = torch.stack([sum(self.M[i, j] * x[j] for j in range(d)) for i in range(d)])
        return inverse.matmul(soft_threshold(Mx, self.T))
