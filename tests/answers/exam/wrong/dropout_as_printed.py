"""Changes nothing.

9a-code: At test time units are still dropped
"""
# %% 9a-code-answer
def dropout(x, p, training):
    mask = (torch.rand_like(x) > p).to(x.dtype)
    if training:
        return mask * x / (1 - p)
    return mask * x
