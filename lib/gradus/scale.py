"""How big each experiment is: at full scale, at a quick one, and at the one at which it is graded."""

import os
from dataclasses import dataclass

__all__ = [
    "SCALES",
    "ConvnetScale",
    "MLPScale",
    "Scale",
    "StrideScale",
    "TextScale",
    "runs_small",
    "scale",
    "scale_name",
]

_TEXT_STRIDES = (1, 5, 10, 30, 100, 500)


@dataclass(frozen=True)
class Scale:
    """The size of one experiment; `name` is "full", "quick" or "grading"."""

    name: str


@dataclass(frozen=True)
class MLPScale(Scale):
    """mlp_ema_sgd: search for the divergent learning rate, then passes of SGD and its average.

    skipped_passes  at the start, left out of the figures
    """

    train_images: int
    test_images: int
    passes: int
    skipped_passes: int
    batch_size: int = 8
    gamma: float = 1e-3


@dataclass(frozen=True)
class ConvnetScale(Scale):
    """convnet_batchnorm: two networks, measured at the end of every pass.

    gradient_chunk  images at a time in the full gradient
    """

    train_images: int
    test_images: int
    passes: int
    gradient_chunk: int = 100
    batch_size: int = 32
    learning_rate: float = 0.04


@dataclass(frozen=True)
class StrideScale(Scale):
    """stride_or_pool: two networks, their curves, and their times.

    timed_passes  of each network, after warm_up_passes that do not count
    """

    train_images: int
    test_images: int
    passes: int
    timed_passes: int
    warm_up_passes: int = 1
    batch_size: int = 32
    learning_rate: float = 0.04


@dataclass(frozen=True)
class TextScale(Scale):
    """text_cnn: models_per_stride models for every stride and both pool strides, then the models over words."""

    train_questions: int
    test_questions: int
    strides: tuple[int, ...]
    models_per_stride: int
    epochs: int
    word_models: int
    word_epochs: int
    batch_size: int = 32
    learning_rate: float = 0.1
    word_learning_rate: float = 0.01
    momentum: float = 0.8


SCALES: dict[str, dict[str, Scale]] = {
    "mlp_ema_sgd": {
        "full": MLPScale("full", train_images=6_000, test_images=10_000, passes=25, skipped_passes=2),
        "quick": MLPScale("quick", train_images=2_000, test_images=2_000, passes=8, skipped_passes=2),
        "grading": MLPScale("grading", train_images=800, test_images=500, passes=4, skipped_passes=2),
    },
    "convnet_batchnorm": {
        "full": ConvnetScale("full", train_images=6_000, test_images=10_000, passes=10),
        "quick": ConvnetScale("quick", train_images=1_500, test_images=1_000, passes=3),
        "grading": ConvnetScale("grading", train_images=96, test_images=64, passes=2),
    },
    "stride_or_pool": {
        "full": StrideScale("full", train_images=6_000, test_images=10_000, passes=10, timed_passes=5),
        "quick": StrideScale("quick", train_images=1_500, test_images=1_000, passes=3, timed_passes=3),
        "grading": StrideScale("grading", train_images=96, test_images=64, passes=2, timed_passes=2),
    },
    "text_cnn": {
        "full": TextScale(
            "full",
            train_questions=1_000,
            test_questions=500,
            strides=_TEXT_STRIDES,
            models_per_stride=10,
            epochs=50,
            word_models=10,
            word_epochs=20,
        ),
        "quick": TextScale(
            "quick",
            train_questions=1_000,
            test_questions=500,
            strides=_TEXT_STRIDES,
            models_per_stride=3,
            epochs=10,
            word_models=3,
            word_epochs=8,
        ),
        "grading": TextScale(
            "grading",
            train_questions=200,
            test_questions=100,
            strides=_TEXT_STRIDES,
            models_per_stride=2,
            epochs=2,
            word_models=2,
            word_epochs=2,
        ),
    },
}


def scale_name(name: str | None = None) -> str:
    """The scale in force: the one asked for, else the environment variable GRADUS_SCALE, else "full"."""
    chosen = name or os.environ.get("GRADUS_SCALE") or "full"
    known = ["full", "quick", "grading"]
    if chosen not in known:
        source = "" if name else " (from the environment variable GRADUS_SCALE)"
        raise ValueError(f"There is no scale {chosen!r}{source}: {_listed(known)} are known.")
    return chosen


def scale(assignment: str, name: str | None = None) -> Scale:
    """The size of an assignment's experiment, at the scale asked for or in force.

    >>> scale("mlp_ema_sgd", "full").passes
    25

    While somebody grades or validates, a student's "quick" or "full" is not heard.
    """
    if assignment not in SCALES:
        raise ValueError(f"There is no assignment {assignment!r} with a scale: {_listed(SCALES)} are known.")
    chosen = scale_name(name)
    return SCALES[assignment]["grading" if runs_small() else chosen]


def runs_small() -> bool:
    """Is somebody grading, or nbgrader's Validate at work, which gives a cell 30 seconds as grading does?"""
    return os.environ.get("GRADUS_SCALE") == "grading" or bool(os.environ.get("NBGRADER_VALIDATING"))


def _listed(names) -> str:
    return ", ".join(repr(name) for name in names)
