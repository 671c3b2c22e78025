""".item() inside f.

1B: The result is cut off from autograd
1C: -
"""
# %% 1B-answer
def f(x):
    y = 2 + x.item()**3 + np.log(1 + x.item()**3)
    return torch.tensor(np.sqrt(y) + np.sin(y))
