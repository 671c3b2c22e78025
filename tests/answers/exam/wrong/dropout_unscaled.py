"""Neither divides nor multiplies; bernoulli.

9a-code: The division by 1 - p is missing
"""
# %% 9a-code-answer
def dropout(x, p, training):
    mask = torch.bernoulli(torch.full_like(x, 1 - p))
    if training:
        return mask * x
    return x
