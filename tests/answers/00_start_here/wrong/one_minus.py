"""Turns the likeness round.

A: This is one minus the likeness
"""
# %% A-answer
def alike(image, images):
    return 1 - images @ image / (images.norm(dim=1) * image.norm())
