"""The drawn garments: the same at every drawing, varied, and as hard as they are said to be."""

import time

import numpy as np
import torch

from gradus.data import garments


def test_one_seed_gives_one_set_of_images():
    first, second, other = (garments.draw_set(200, seed) for seed in (3, 3, 4))
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])
    assert not np.array_equal(first[0], other[0])


def test_every_class_is_there_equally_often_and_no_image_twice():
    images, labels = garments.draw_set(500, 0)
    assert (images.shape, images.dtype, labels.dtype) == ((500, 28, 28), np.uint8, np.uint8)
    assert np.bincount(labels).tolist() == [50] * 10
    assert len({image.tobytes() for image in images}) == 500
    assert (images.reshape(500, -1).max(axis=1) > 60).all()  # nothing is drawn outside the picture


def test_drawing_is_fast_enough_for_seventy_thousand():
    start = time.process_time()
    garments.draw_set(2_000, 0)
    assert (time.process_time() - start) * 35 < 20  # 5 s on a core of its own


def test_a_linear_model_sees_much_and_not_all():
    """Ridge regression on one-hot labels, 0.74 on this set: between chance and what a ConvNet reaches."""
    x, y = garments.draw_set(3_000, 1)
    x_test, y_test = garments.draw_set(1_000, 2)
    x, x_test = (torch.tensor(part.reshape(-1, 784) / 255.0) for part in (x, x_test))
    mean = x.mean(0)
    targets = torch.nn.functional.one_hot(torch.tensor(y).long(), 10).double()
    weights = torch.linalg.solve((x - mean).T @ (x - mean) + 100 * torch.eye(784), (x - mean).T @ (targets - 0.1))
    accuracy = ((x_test - mean) @ weights).argmax(1).eq(torch.tensor(y_test)).double().mean().item()
    assert 0.65 < accuracy < 0.85
