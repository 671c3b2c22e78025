"""Gives the function another name.

A: -
"""
# %% A-answer
def likeness(image, images):
    return images @ image / (images.norm(dim=1) * image.norm())
