"""1 / max(1 / x).

4B: 1 / max(1 / x)
"""
# %% 4B-answer
def min_pool(x, size, stride):
    return 1 / F.max_pool2d(1 / x, size, stride)
