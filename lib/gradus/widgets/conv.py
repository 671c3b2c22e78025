"""The convolution and pooling explorer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets

from gradus.widgets import windows
from gradus.widgets.host import Explorer
from gradus.widgets.module import module
from gradus.widgets.traits import Choice, Grid, Real, Whole

LECTURE_A = [[4, 5, 2, 2, 1], [3, 3, 2, 2, 4], [4, 3, 4, 1, 1], [5, 1, 4, 1, 2], [5, 1, 3, 1, 4]]
LECTURE_B = [[4, 3, 3], [5, 5, 5], [2, 4, 3]]
LARGEST_FINITE_P = 50


def filler(row: Any, column: Any) -> Any:
    """Whole numbers from 0 to 5 that look arbitrary and never change: the cells of an image given by its size."""
    return ((3 * row * row + 5 * column * column + 7 * row * column + 31 * row + 17 * column) % 11) % 6


class ConvExplorer(Explorer):
    """A window moves over an image: cross-correlation, convolution, max, average and Lp pooling, forward and backward.

    image   rows of numbers, or n for an n × n one; at most 32 × 32 are shown
    kernel  rows of numbers, or k for a k × k window of ones
    `output` and `input_gradient` are torch's, as float64 arrays; None where the window fits nowhere.

    >>> explorer = ConvExplorer([[1, 2, 0], [0, 1, 3], [4, 0, 1]], [[1, 0], [0, -1]], stride=1)
    >>> explorer.output
    array([[ 0., -1.],
           [ 0.,  0.]])
    >>> explorer.padding = 1  # the picture follows
    >>> explorer.output.shape
    (4, 4)
    """

    title = "Convolution and pooling explorer"
    height = 720
    _esm = module("conv")

    image = Grid(LECTURE_A, fill=filler)
    kernel = Grid(LECTURE_B)
    mode = Choice(windows.MODES)
    stride = Whole(1)
    padding = Whole(0)
    dilation = Whole(1)
    p = Real(2.0, infinite=True)
    absolute = traitlets.Bool(False, help="Lp: take |x| first; torch's LPPool2d does not").tag(sync=True)
    count_padding = traitlets.Bool(True, help="average: padded cells count, as in torch's default").tag(sync=True)
    view = Choice(("forward", "backward"))
    grad_output = Grid(None, optional=True)
    position = Whole(0)
    claim = Grid(None, optional=True)

    def __init__(self, image: Any = None, kernel: Any = None, **state: Any) -> None:
        given = {name: value for name, value in (("image", image), ("kernel", kernel)) if value is not None}
        output = state.pop("output", None)
        super().__init__(**given, **state)
        if output is not None:
            self.output = output

    @property
    def output(self) -> np.ndarray | None:
        """What the output panel shows. Set it to your own array to see where it differs; anything else that changes
        afterwards computes it anew.
        """
        if self.claim is not None:
            return self.claim
        answer = self._answer()
        return None if answer is None else answer[0]

    @output.setter
    def output(self, value: Any) -> None:
        self.claim = value

    @property
    def input_gradient(self) -> np.ndarray | None:
        """dE/dA for the dE/dC in `grad_output` (ones where that is None or does not have the output's shape)."""
        answer = self._answer()
        return None if answer is None else answer[1]

    def summary(self) -> str:
        answer = self._answer()
        size = "no output: the window fits nowhere" if answer is None else f"output {_size(answer[0])}"
        return f"ConvExplorer: {self.mode}, image {_size(self.image)}, kernel {_size(self.kernel)}, {size}"

    def _answer(self) -> tuple[np.ndarray, np.ndarray] | None:
        fits = self.stride >= 1 and self.padding >= 0 and self.dilation >= 1 and self.p >= 1
        if not fits:
            return None
        return windows.forward_and_gradient(
            self.image,
            self.kernel,
            self.grad_output,
            mode=self.mode,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            p=math.inf if self.p > LARGEST_FINITE_P else self.p,
            absolute=self.absolute,
            count_padding=self.count_padding,
        )

    @traitlets.observe("image", "kernel", "mode", "stride", "padding", "dilation", "p", "absolute", "count_padding")
    def _forget_the_claim(self, _: object) -> None:
        self.claim = None


def _size(array: np.ndarray) -> str:
    return " × ".join(str(side) for side in array.shape)
