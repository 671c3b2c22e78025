"""The key to 00_start_here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from gradus.judging import Observation, Raised
from gradus_staff.answer_key import Case, Key, Misconception


def alike(image: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """The cosine of the angle between one picture and each of the others."""
    return images @ image / (images.norm(dim=1) * image.norm())


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


class A(Key):
    criteria = {"pictures of length 1": 1, "pictures of any length": 2, "one number a picture": 1}
    answer = staticmethod(alike)
    misconceptions = {
        "No length is divided out: this is the sum of the products alone.": Misconception(
            lambda image, images: images @ image, "What happens to your number when a picture gets twice as bright?"
        ),
        "Only the length of `image` is divided out; the others have lengths, too.": Misconception(
            lambda image, images: images @ image / image.norm(), "Which of the two lengths is missing?"
        ),
        "Only the lengths of `images` are divided out; `image` has a length, too.": Misconception(
            lambda image, images: images @ image / images.norm(dim=1), "Which of the two lengths is missing?"
        ),
        "One length is taken of all pictures together; each has its own.": Misconception(
            lambda image, images: images @ image / (images.norm() * image.norm()),
            "Over which axis does the sum in the length run?",
        ),
        "The lengths are squared: the root is missing.": Misconception(
            lambda image, images: images @ image / ((images**2).sum(1) * (image**2).sum()),
            "How long is the arrow (3, 4)?",
        ),
        "The length is the sum of the pixels, not the root of the sum of their squares.": Misconception(
            lambda image, images: images @ image / (images.abs().sum(1) * image.abs().sum()),
            "How long is the arrow (3, 4)?",
        ),
        "The products are averaged; they should be summed.": Misconception(
            lambda image, images: (images * image).mean(1) / (images.norm(dim=1) * image.norm()),
            "What is the likeness of a picture and itself?",
        ),
        "The mean of each picture is subtracted first: this is the correlation.": Misconception(
            lambda image, images: alike(image - image.mean(), images - images.mean(1, keepdim=True)),
            "Does the formula subtract anything?",
        ),
        "This is the distance; the smaller, the more alike.": Misconception(
            lambda image, images: (images - image).norm(dim=1), "What is the likeness of a picture and itself?"
        ),
        "This is one minus the likeness.": Misconception(
            lambda image, images: 1 - alike(image, images), "What is the likeness of a picture and itself?"
        ),
        "The shape is (n, 1), a column; it should be (n,).": Misconception(
            lambda image, images: alike(image, images).unsqueeze(1),
            "What does keepdim=True keep, and who needs it here?",
        ),
        "Where there is one picture only, squeeze() has taken its axis, too.": Misconception(
            lambda image, images: alike(image, images).squeeze(), "Which axis did you want to be rid of?"
        ),
        "A row (n,) is divided by a column (n, 1), and the result is a table (n, n).": Misconception(
            lambda image, images: images @ image / (images.norm(dim=1, keepdim=True) * image.norm()),
            "What is the shape above the fraction bar, and what is it below?",
        ),
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for count, pixels in ((3, 4), (5, 9)):
            image, images = rng.normal(size=pixels), rng.normal(size=(count, pixels))
            yield Case("pictures of length 1", image=_unit(image), images=_unit(images))
        for count, pixels in ((4, 4), (1, 6), (6, 50)):
            image, images = rng.uniform(0.1, 9, pixels), rng.uniform(0.1, 9, (count, pixels))
            yield Case("pictures of any length", image=image, images=images)
        brightness = 10 ** rng.uniform(-1, 2, (5, 1))
        yield Case(
            "pictures of any length", image=rng.uniform(0.1, 9, 12), images=brightness * rng.uniform(size=(5, 12))
        )
        for count in (1, 2, 7):
            image, images = rng.uniform(0.1, 9, 5), rng.uniform(0.1, 9, (count, 5))
            yield Case("one number a picture", how="form", image=image, images=images)

    def recognise(self, case: Case, got: Observation) -> str | None:
        if not isinstance(got, Raised):
            return None
        if "must match the size of tensor" in got.message:
            return "The lengths do not fit what they divide: one of the two has the wrong axes."
        if got.type_name == "AttributeError" and "'shape'" in got.message:
            return "What comes back is no tensor."
        return None
