"""Makes the one picture as many as the others."""
# %% A-answer
def alike(image, images):
    many = image.expand_as(images)
    return torch.stack([a.dot(b) / a.norm() / b.norm() for a, b in zip(many, images)])
