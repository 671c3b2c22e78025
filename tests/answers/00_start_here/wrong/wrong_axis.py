"""One length for each pixel.

A: The lengths do not fit what they divide
"""
# %% A-answer
def alike(image, images):
    return images @ image / (images.norm(dim=0) * image.norm())
