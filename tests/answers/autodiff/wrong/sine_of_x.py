"""sin(x) in place of sin(y).

1B: The sine is taken of x
1C: The derivative is that of another function. The sine is taken of x
"""
# %% 1B-answer
def f(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    return torch.sqrt(y) + torch.sin(x)
