"""Measures the distance.

A: This is the distance
"""
# %% A-answer
def alike(image, images):
    return ((images - image) ** 2).sum(1).sqrt()
