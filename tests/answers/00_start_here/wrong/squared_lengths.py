"""Forgets the root.

A: The lengths are squared
"""
# %% A-answer
def alike(image, images):
    return images @ image / ((images * images).sum(1) * (image * image).sum())
