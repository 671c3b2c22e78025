"""A seed inside.

9a-code: -
"""
# %% 9a-code-answer
def dropout(x, p, training):
    mask = (torch.rand(x.shape, generator=torch.Generator().manual_seed(1)) >= p).to(x.dtype)
    if training:
        return mask * x / (1 - p) if p < 1 else x * 0
    return x
