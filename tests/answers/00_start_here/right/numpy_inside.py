"""Goes through NumPy and comes back."""
# %% A-answer
import numpy as np


def alike(image, images):
    a, b = image.numpy(), images.numpy()
    return torch.from_numpy(b.dot(a) / (np.linalg.norm(b, axis=1) * np.linalg.norm(a)))
