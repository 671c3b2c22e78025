"""Forgets the lengths.

A: No length is divided out
"""
# %% A-answer
def alike(image, images):
    return images @ image
