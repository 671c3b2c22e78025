"""Collects Python numbers.

A: What comes back is no tensor
"""
# %% A-answer
def alike(image, images):
    return [float(image @ other / (image.norm() * other.norm())) for other in images]
