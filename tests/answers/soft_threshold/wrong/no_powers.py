"""The ordinary soft threshold from the textbook.

A: This is the ordinary soft threshold
B: This is the ordinary soft threshold
C: The derivative is that of another function. This is the ordinary soft threshold
C-figure: This is the ordinary soft threshold
D: The soft threshold inside is another one. This is the ordinary soft threshold
E: The soft threshold inside is another one. This is the ordinary soft threshold
"""
# %% A-answer
def soft_threshold(y, T):
    return torch.sign(y) * torch.relu(torch.abs(y) - T)
