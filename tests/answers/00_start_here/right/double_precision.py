"""Calculates in float64."""
# %% A-answer
def alike(image, images):
    a, b = image.double(), images.double()
    return (b @ a) / (b.norm(dim=1) * a.norm())
