"""/ p.

9a-code: It is divided by p
"""
# %% 9a-code-answer
def dropout(x, p, training):
    mask = (torch.rand_like(x) >= p).to(x.dtype)
    if training:
        return mask * x / p if p > 0 else x
    return x
