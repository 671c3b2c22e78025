"""Pools the image.

2C: The pooling is done on A
"""
# %% 2C-answer
max_of_C = max_pool(A, 2, 1)
