"""p = 1 gives NaN.

9a-code: p = 1 divides by 0
"""
# %% 9a-code-answer
def dropout(x, p, training):
    mask = (torch.rand_like(x) >= p).to(x.dtype)
    if training:
        return mask * x / (1 - p)
    return x
