"""max(-x).

4B: The minus sign in front is missing
"""
# %% 4B-answer
def min_pool(x, size, stride):
    return F.max_pool2d(-x, size, stride)
