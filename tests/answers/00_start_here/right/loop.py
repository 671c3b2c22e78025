"""One picture at a time, in plain Python."""
# %% A-answer
import math


def length(picture):
    return math.sqrt(sum(pixel * pixel for pixel in picture.tolist()))


def alike(image, images):
    answers = []
    for other in images:
        product = sum(a * b for a, b in zip(image.tolist(), other.tolist()))
        answers.append(product / (length(image) * length(other)))
    return torch.tensor(answers)
