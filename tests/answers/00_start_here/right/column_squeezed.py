"""A column on the way, and only its own axis is taken."""
# %% A-answer
def alike(image, images):
    dot = images @ image.reshape(-1, 1)
    return (dot / images.norm(dim=1, keepdim=True) / image.norm()).squeeze(1)
