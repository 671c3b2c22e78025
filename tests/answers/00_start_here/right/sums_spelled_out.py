"""Elementwise products, sums and roots."""
# %% A-answer
def alike(image, images):
    products = (images * image).sum(dim=-1)
    return products / ((images**2).sum(-1) * (image**2).sum()).sqrt()
