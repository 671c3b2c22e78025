"""Right values of the exam and models of mistakes, as functions of the student's numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from gradus.judging import Observation
from gradus.judging.observation import Array
from gradus.numbers.exam import ConvNet, Perceptron
from gradus.numbers.windows import correlate, flipped, pool_maxima, transposed
from gradus.questions.exam import ADJOINTS, CONVNET_LAYERS, MLP_LAYERS, values
from gradus_staff.answer_key import Misconception

# Section 4


def mlp_parameters(m: Perceptron) -> dict[str, int]:
    counts = (m.features * m.hidden + m.hidden, 2 * m.hidden, 0, 0, m.hidden * m.classes + m.classes, 0)
    return dict(zip(MLP_LAYERS, counts, strict=True))


WRONG_MLP_PARAMETERS = {
    "The biases of the linear layers are forgotten.": (
        lambda n: {"Linear1": n.mlp.features * n.mlp.hidden, "Linear2": n.mlp.hidden * n.mlp.classes},
        "How many numbers does a linear layer add?",
    ),
    "LayerNorm learns a scale and a shift for each feature, not one number.": (
        lambda n: {"LayerNorm1": n.mlp.hidden},
        "What does LayerNorm do after dividing?",
    ),
    "LayerNorm learns nothing by itself, it is said here; but it has a scale and a shift for each feature.": (
        lambda n: {"LayerNorm1": 0}
    ),
    "LayerNorm has one scale and one shift for each feature, not for the layer.": lambda n: {"LayerNorm1": 2},
    "Mean and variance are calculated anew for each example; they are not learned.": (
        lambda n: {"LayerNorm1": 4 * n.mlp.hidden}
    ),
    "Dropout learns nothing: p is chosen, not trained.": lambda n: {"Dropout": 1},
    "ReLU learns nothing.": lambda n: {"ReLU": n.mlp.hidden},
}


def mlp_shapes(m: Perceptron) -> dict[str, tuple]:
    return {"z1": ("B", m.hidden), "z2": ("B", m.hidden), "z3": ("B", m.hidden), "z4": ("B", m.classes), "z5": ()}


WRONG_MLP_SHAPES = {
    "The batch size is missing: a layer's output has one row for each example.": (
        lambda n: {name: shape[1:] for name, shape in mlp_shapes(n.mlp).items() if shape},
        "What is the shape for two examples?",
    ),
    "Rows and columns have changed places: examples come first.": (
        lambda n: {name: shape[::-1] for name, shape in mlp_shapes(n.mlp).items() if shape}
    ),
    "The loss is averaged over the batch: one number, not one for each example.": (
        lambda n: {"z5": ("B",)},
        "What does reduction='mean' do?",
    ),
    "The loss has no class axis any more: it is one number.": lambda n: {"z5": ("B", n.mlp.classes)},
    "A linear layer's output has as many columns as outputs, not inputs.": (
        lambda n: {"z1": ("B", n.mlp.features), "z4": ("B", n.mlp.hidden)}
    ),
}

# Section 5


def _adjoints(v1, v2, v3, v4, v5, v6, factor=None, sign=-1.0, slope=None, direct=1.0, through=1.0):  # type: ignore[no-untyped-def]
    d = v6.shape[-1]
    v6bar = (2 / d if factor is None else factor) * (v6 - v3)
    v4bar = through * v6bar * (np.exp(v4) if slope is None else slope) + direct * v6bar
    return {
        "v7": 1.0, "v6": v6bar, "v5": v6bar, "v4": v4bar, "v3": sign * v6bar, "v2": v1.T @ v4bar, "v1": v4bar @ v2.T,
    }  # fmt: skip


def adjoints(v1, v2, v3, v4, v5, v6):  # type: ignore[no-untyped-def]
    """All adjoints of v7 = MSE(v6, v3), v6 = v4 + v5, v5 = exp(v4), v4 = v1 @ v2."""
    return _adjoints(v1, v2, v3, v4, v5, v6)


def _changed(**change: Any) -> Any:
    return lambda *v: _adjoints(*v, **change)


def _but(change: Any) -> Any:
    return lambda *v: {**adjoints(*v), **change(adjoints(*v), *v)}


WRONG_ADJOINTS = {
    "A path is missing: v4 feeds v6 directly as well, not only through v5.": Misconception(
        _changed(direct=0.0), "Which nodes use v4?"
    ),
    "A path is missing: v4 feeds v5 as well, and through it v6.": Misconception(
        _changed(through=0.0), "Which nodes use v4?"
    ),
    "The slope of exp is exp, not 1.": _changed(slope=1.0),
    "The mean is forgotten: of d squares, each counts 1/d.": Misconception(
        lambda *v: _adjoints(*v, factor=2.0), "What does the M in MSE stand for?"
    ),
    "The 2 of the square's slope is forgotten.": lambda *v: _adjoints(*v, factor=1 / v[5].shape[-1]),
    "The sign of v3's adjoint is wrong: v3 stands in the difference with a minus.": _changed(sign=1.0),
    "All signs are turned: the difference is v6 - v3, not v3 - v6.": (
        lambda *v: {name: -adj if name != "v7" else adj for name, adj in adjoints(*v).items()}
    ),
    "The transposes have changed places: v2's adjoint has v2's shape.": Misconception(
        _but(lambda a, v1, v2, *rest: {"v2": a["v4"].T @ v1, "v1": v2 @ a["v4"].T}), "Which shape must it have?"
    ),
    "v5 hands its adjoint on unchanged; it is v6's, without the slope of exp.": (
        _but(lambda a, v1, v2, v3, v4, *rest: {"v5": a["v6"] * np.exp(v4)})
    ),
}


def adjoint_numbers(n: Any) -> dict[str, list]:
    """The adjoints of section 5 at the student's numbers."""
    found = adjoints(*values(*(np.array(m, dtype=float) for m in (n.x, n.W, n.y))))
    return {name: found[name].tolist() for name in ADJOINTS[1:]}


def _numbers_with(**change: Any) -> Any:
    def model(n: Any) -> dict[str, list]:
        found = _adjoints(*values(*(np.array(m, dtype=float) for m in (n.x, n.W, n.y))), **change)
        return {name: found[name].tolist() for name in ADJOINTS[1:]}

    return model


WRONG_ADJOINT_NUMBERS = {
    "A path into v4 is missing: it feeds v5 and v6, so two adjoints add up.": (
        _numbers_with(direct=0.0),
        "Which nodes use v4?",
    ),
    "The mean is forgotten: of four squares, each counts 1/4.": (_numbers_with(factor=2.0), "How many entries has v6?"),
    "The 2 of the square's slope is forgotten.": _numbers_with(factor=0.25),
    "The sign of v3's adjoint is wrong: v3 stands in the difference with a minus.": (
        lambda n: {"v3": [[-entry for entry in row] for row in adjoint_numbers(n)["v3"]]}
    ),
    "exp(0) is 1, not 0.": lambda n: _at_exp_zero(n),
}


def _at_exp_zero(n: Any) -> dict[str, list]:
    x, W, y = (np.array(m, dtype=float) for m in (n.x, n.W, n.y))
    v4 = x @ W
    found = _adjoints(x, W, y, v4, 0 * v4, v4, slope=0.0)
    return {name: found[name].tolist() for name in ADJOINTS[1:]}


# Section 8


def normalised(rows: Any, axis: int, unbiased: bool = False, centre: bool = True, root: bool = True) -> list:
    """Mean 0 and biased variance 1 along an axis, eps 0."""
    x = np.array(rows, dtype=float)
    variance = x.var(axis=axis, keepdims=True, ddof=int(unbiased))
    scale = np.sqrt(variance) if root else variance
    return ((x - x.mean(axis=axis, keepdims=True) * centre) / np.where(scale > 0, scale, np.nan)).tolist()


_SAMPLES = "The variance is divided by n - 1; normalisation layers divide by n (the biased variance)."
_NO_ROOT = "It is divided by the variance; its root, the standard deviation, belongs there."
_NO_MEAN = "The mean is not subtracted."
_OF_HOW_MANY = "Of how many numbers is the mean of the squares taken?"
WRONG_LAYER_NORM = {
    _SAMPLES: (lambda n: normalised(n.rows, 1, unbiased=True), _OF_HOW_MANY),
    _NO_ROOT: lambda n: normalised(n.rows, 1, root=False),
    _NO_MEAN: lambda n: normalised(n.rows, 1, centre=False),
    "The spread is not divided out: only the mean is subtracted.": (
        lambda n: (np.array(n.rows) - np.mean(n.rows, axis=1, keepdims=True)).tolist()
    ),
    "The signs are turned: x minus the mean, not the mean minus x.": (
        lambda n: (-np.array(normalised(n.rows, 1))).tolist()
    ),
    "Mean and variance are taken over all four numbers; LayerNorm takes each example by itself.": (
        lambda n: ((np.array(n.rows) - np.mean(n.rows)) / np.std(n.rows)).tolist()
    ),
}
WRONG_BATCH_NORM = {
    _SAMPLES: (
        lambda n: normalised(n.batch, 0, unbiased=True),
        "Of how many numbers is the mean of the squares taken?",
    ),
    _NO_ROOT: lambda n: normalised(n.batch, 0, root=False),
    _NO_MEAN: lambda n: normalised(n.batch, 0, centre=False),
    "Each row is normalised: that is LayerNorm. BatchNorm takes each feature over the batch.": (
        lambda n: normalised(n.batch, 1),
        "Over what is the mean taken: over features or over examples?",
    ),
    "The signs are turned: x minus the mean, not the mean minus x.": (
        lambda n: (-np.array(normalised(n.batch, 0))).tolist()
    ),
    "Mean and variance are taken over all six numbers; BatchNorm takes each feature by itself.": (
        lambda n: ((np.array(n.batch) - np.mean(n.batch)) / np.std(n.batch)).tolist()
    ),
}

# Section 9


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    return (torch.rand_like(x) >= p).to(x.dtype) * x / (1 - p)


def _outputs(got: Observation, x: np.ndarray) -> list[np.ndarray] | str:
    """Both outputs, or what is wrong with their form."""
    if not isinstance(got, list) or len(got) != 2 or not all(isinstance(one, Array) for one in got):
        return "Expected a tensor."
    if any(one.shape != x.shape for one in got):
        return "The output's shape is not the input's."
    if any(not np.all(np.isfinite(one.values)) for one in got):
        return "The output holds infinities or NaN."
    return [one.values.astype(float) for one in got]


def keeps_the_mean(got: Observation, x: np.ndarray, p: float) -> bool | str:
    """Five standard deviations are allowed: chance goes wrong once in a million."""
    outputs = _outputs(got, x)
    if isinstance(outputs, str):
        return outputs
    spread = 5 * math.sqrt(p / (1 - p) * float((x.astype(float) ** 2).mean()) / x.size)
    ratio = np.mean([out.mean() for out in outputs]) / x.mean()
    if all(abs(out.mean() - x.mean()) <= spread for out in outputs):
        return True
    return f"In training, the mean of the output is {ratio:.2f} times the input's."


def drops(got: Observation, x: np.ndarray, p: float) -> bool | str:
    outputs = _outputs(got, x)
    if isinstance(outputs, str):
        return outputs
    spread = 5 * math.sqrt(p * (1 - p) / x.size)
    shares = [float((out == 0).mean()) for out in outputs]
    if any(abs(share - p) > spread for share in shares):
        return f"A share of {shares[0]:.2f} is dropped; expected {p:.2f}."
    masks = [out == 0 for out in outputs]
    if np.array_equal(*masks):
        return "Both calls drop the same entries; every call needs a new mask."
    per_row = np.std(masks[0].mean(axis=1))
    if per_row > 3 * math.sqrt(p * (1 - p) / x.shape[1]) or np.std(masks[0].mean(axis=0)) > 3 * math.sqrt(
        p * (1 - p) / x.shape[0]
    ):
        return "Whole rows or columns are dropped; every entry has a chance of its own."
    return True


def _wrong_dropout(
    keep=lambda x, p: (torch.rand_like(x) >= p).to(x.dtype),  # type: ignore[no-untyped-def]
    scale=lambda p: 1 / (1 - p) if p < 1 else 1.0,
    at_test=lambda x, p, mask: x,
):
    def model(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
        mask = keep(x, p)
        if not training:
            return at_test(x, p, mask)
        return mask * x * scale(p)

    return model


_STILL = "At test time units are still dropped; a network in use drops nothing."
_SHRUNK = "At test time everything is multiplied by 1 - p; training has divided by it already."
_UNSCALED = "The division by 1 - p is missing, so training shrinks the mean."
_BY_P = "It is divided by p, not by 1 - p."
_KEPT = "p is the chance to be dropped, not to be kept."
_ZERO = "p = 1 divides by 0; then everything is dropped, and the result is 0."
_ROWS = "One mask serves all rows; every entry has a chance of its own."
WRONG_DROPOUTS = {
    _STILL: Misconception(
        _wrong_dropout(at_test=lambda x, p, mask: mask * x), "What should the network do when it is used?"
    ),
    _SHRUNK: (_wrong_dropout(at_test=lambda x, p, mask: (1 - p) * x)),
    _UNSCALED: Misconception(
        _wrong_dropout(scale=lambda p: 1.0), "If half of the units are missing, how large is the sum of the others?"
    ),
    _BY_P: _wrong_dropout(scale=lambda p: 1 / p if p > 0 else 1.0),
    _KEPT: Misconception(
        _wrong_dropout(keep=lambda x, p: (torch.rand_like(x) < p).to(x.dtype)), "With p = 0, how many are dropped?"
    ),
    _ZERO: Misconception(
        lambda x, p, training: (torch.rand_like(x) >= p).to(x.dtype) * x / (1 - p + 0 * x) if training else x,
        "What is 0 / 0?",
    ),
    _ROWS: (_wrong_dropout(keep=lambda x, p: (torch.rand(x.shape[-1]) >= p).to(x.dtype).expand_as(x))),
}


def recognise_dropout(got: Observation, x: np.ndarray, p: float, training: bool) -> str | None:
    """The mistake that shows in the outputs, however chance decided."""
    if not isinstance(got, list) or not got or not isinstance(got[0], Array) or got[0].shape != x.shape:
        return None
    out, given = got[0].values.astype(float), x.astype(float)
    if not training:
        if np.any((out == 0) & (given != 0)) and p < 1:
            return _STILL
        return _SHRUNK if np.allclose(out, (1 - p) * given) and 0 < p < 1 else None
    if p == 1 and not np.all(np.isfinite(out)):
        return _ZERO
    if not 0 < p < 1:
        return _KEPT if (p == 0 and np.all(out == 0)) or (p == 1 and np.allclose(out, given)) else None
    left = out != 0
    if abs(left.mean() - p) < 0.03 < abs(1 - 2 * p):
        return _KEPT
    if np.all(left == left[0]):
        return _ROWS
    factor = out[left] / given[left]
    if np.allclose(factor, 1):
        return _UNSCALED
    return _BY_P if np.allclose(factor, 1 / p) and abs(1 - 2 * p) > 0.01 else None


# Section 10

WRONG_SIZES = {
    "The floor is forgotten: there is no half output.": (
        lambda n: ((n.size.image - n.size.kernel + 2 * n.size.padding) / n.size.stride + 1,) * 2,
        "Can a window lie half on the image?",
    ),
    "The size is rounded up; a window that does not fit whole is left out.": lambda n: (n.size.output + 1,) * 2,
    "One short: the + 1, or the padding on both sides, is missing.": lambda n: (n.size.output - 1,) * 2,
    "The stride is forgotten.": lambda n: (n.size.image - n.size.kernel + 2 * n.size.padding + 1,) * 2,
}
WRONG_CONVOLUTIONS = {
    "The kernel is flipped: that is the convolution of mathematics. Networks use cross-correlation.": (
        lambda n: correlate(n.image, flipped(n.kernel), 1),
        "Does the kernel lie on the image as it is written, or turned round?",
    ),
    "The kernel is transposed.": lambda n: correlate(n.image, transposed(n.kernel), 1),
    "The padding is forgotten.": (lambda n: correlate(n.image, n.kernel), "How large is the padded image?"),
    "The padding is on one side only (top and left); it belongs on all four.": (
        lambda n: [row[:-1] for row in correlate(n.image, n.kernel, 1)[:-1]]
    ),
    "The padding is on one side only (bottom and right); it belongs on all four.": (
        lambda n: [row[1:] for row in correlate(n.image, n.kernel, 1)[1:]]
    ),
    "The minus sign of the kernel is lost.": (
        lambda n: correlate(n.image, [[abs(entry) for entry in row] for row in n.kernel], 1)
    ),
}
WRONG_MAXIMA = {
    "The window moves by 1; the stride is 2.": (lambda n: pool_maxima(n.pooled, 2, 1), "Do the windows overlap?"),
    "This is the average of every window.": lambda n: np.array(n.pooled).reshape(2, 2, 2, 2).mean(axis=(1, 3)).tolist(),
    "This is the minimum of every window.": lambda n: np.array(n.pooled).reshape(2, 2, 2, 2).min(axis=(1, 3)).tolist(),
    "Rows and columns have changed places.": lambda n: transposed(pool_maxima(n.pooled, 2, 2)),
}

# Section 11


def convnet_parameters(n: ConvNet) -> dict[str, int]:
    first = n.kernel_1**2 * n.filters_1 + n.filters_1
    second = n.kernel_2**2 * n.filters_1 * n.filters_2 + n.filters_2
    counts = (first, 2 * n.filters_1, 0, second, 2 * n.filters_2, 0)
    return dict(zip(CONVNET_LAYERS, counts, strict=True))


def convnet_shapes(n: ConvNet) -> dict[str, tuple]:
    first, second = ("B", n.filters_1, n.side_1, n.side_1), ("B", n.filters_2, n.side_2(), n.side_2())
    return dict(zip(CONVNET_LAYERS, (first, first, first, second, second, second), strict=True))


WRONG_CONVNET_PARAMETERS = {
    "The biases are forgotten: one for each filter.": (
        lambda n: {
            "Conv1": convnet_parameters(n.convnet)["Conv1"] - n.convnet.filters_1,
            "Conv2": convnet_parameters(n.convnet)["Conv2"] - n.convnet.filters_2,
        },
        "What does a filter add?",
    ),
    "The input channels are forgotten: a filter of Conv2 covers all channels of its input.": (
        lambda n: {"Conv2": n.convnet.kernel_2**2 * n.convnet.filters_2 + n.convnet.filters_2},
        "How many channels has a filter of Conv2?",
    ),
    "Running mean and variance are counted; they are updated, but not trained.": (
        lambda n: {"BN1": 4 * n.convnet.filters_1, "BN2": 4 * n.convnet.filters_2}
    ),
    "BatchNorm has a scale and a shift for each channel, not one number.": (
        lambda n: {"BN1": n.convnet.filters_1, "BN2": n.convnet.filters_2}
    ),
    "BatchNorm learns a scale and a shift for each channel.": lambda n: {"BN1": 0, "BN2": 0},
}
WRONG_CONVNET_SHAPES = {
    "The batch size is missing.": lambda n: {name: shape[1:] for name, shape in convnet_shapes(n.convnet).items()},
    "PyTorch writes the channels before rows and columns.": lambda n: {
        name: (shape[0], *shape[2:], shape[1]) for name, shape in convnet_shapes(n.convnet).items()
    },
    "The size after the stride is rounded down once too often: the + 1 is missing.": lambda n: {
        name: (*shape[:2], shape[2] - 1, shape[3] - 1)
        for name, shape in convnet_shapes(n.convnet).items()
        if name in CONVNET_LAYERS[3:]
    },
    "The size after the stride is rounded up; what does not fit whole is left out.": lambda n: {
        name: (*shape[:2], shape[2] + 1, shape[3] + 1)
        for name, shape in convnet_shapes(n.convnet).items()
        if name in CONVNET_LAYERS[3:]
    },
    "The padding of Conv1 is forgotten.": lambda n: {
        name: (*shape[:2], shape[2] - 2, shape[3] - 2)
        for name, shape in convnet_shapes(n.convnet).items()
        if name in CONVNET_LAYERS[:3]
    },
    "The padding of Conv1 is on both sides; here it is counted once.": lambda n: {
        name: (*shape[:2], shape[2] - 1, shape[3] - 1)
        for name, shape in convnet_shapes(n.convnet).items()
        if name in CONVNET_LAYERS[:3]
    },
}
WRONG_HEADS = {
    "The window is 1: then nothing is averaged, and every pixel would need weights.": lambda n: {"pool_kernel": "1"},
    "The linear layer sees one number for each channel, C6, not every pixel.": lambda n: {"in_features": "C6*H6*W6"},
    "Input and output of the linear layer have changed places.": lambda n: {"in_features": "n_c", "out_features": "C6"},
}
