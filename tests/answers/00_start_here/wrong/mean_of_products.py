"""Averages the products.

A: The products are averaged
"""
# %% A-answer
def alike(image, images):
    return (images * image).mean(dim=1) / images.norm(dim=1) / image.norm()
