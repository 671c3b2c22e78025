"""Every picture gets length 1, then one product."""
# %% A-answer
def alike(image, images):
    image = image / image.norm()
    images = images / images.norm(dim=1, keepdim=True)
    return images.matmul(image)
