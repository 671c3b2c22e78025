"""Answers one, whatever is shown.

A: -
"""
# %% A-answer
def alike(image, images):
    return torch.ones(len(images))
