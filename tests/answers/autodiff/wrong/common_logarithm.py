"""log10 in f; the derivative follows.

1B: The logarithm is to the base 10
1C: The derivative is that of another function. The logarithm is to the base 10
"""
# %% 1B-answer
def f(x):
    y = 2 + x**3 + torch.log10(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)
