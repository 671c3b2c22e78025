"""Einstein's summation, twice."""
# %% A-answer
def alike(image, images):
    dot = torch.einsum("np,p->n", images, image)
    return dot / torch.sqrt(torch.einsum("np,np->n", images, images) * torch.einsum("p,p->", image, image))
