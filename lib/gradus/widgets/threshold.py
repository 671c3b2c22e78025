"""The soft-threshold explorer."""

from __future__ import annotations

from typing import Any

from gradus.widgets.host import Explorer
from gradus.widgets.module import module
from gradus.widgets.traits import Real


class SoftThresholdExplorer(Explorer):
    """f_T: zero in the band, a square above, a cube below; with its derivative and the tangent at a draggable y.

    T  half the width of the band, above 0      y  where the tangent touches
    `value` and `slope` are f_T(y) and f_T'(y) as PyTorch computes them, float64; None unless T is above 0.

    >>> explorer = SoftThresholdExplorer(T=2.81, y=3.2)
    >>> round(explorer.value, 4), round(explorer.slope, 4)
    (0.1521, 0.78)
    """

    title = "Soft threshold explorer"
    height = 620
    _esm = module("threshold")

    T = Real(2.81)
    y = Real(3.5)

    def __init__(self, T: Any = None, y: Any = None) -> None:
        super().__init__(**{name: given for name, given in (("T", T), ("y", y)) if given is not None})

    @property
    def value(self) -> float | None:
        return self._value_and_slope()[0]

    @property
    def slope(self) -> float | None:
        return self._value_and_slope()[1]

    def summary(self) -> str:
        return f"SoftThresholdExplorer: T = {self.T}, y = {self.y}, f = {self.value}, slope = {self.slope}"

    def _value_and_slope(self) -> tuple[float, float] | tuple[None, None]:
        import torch

        if self.T <= 0:
            return None, None
        y = torch.tensor(self.y, dtype=torch.float64, requires_grad=True)
        value = torch.relu(y - self.T) ** 2 - torch.relu(-y - self.T) ** 3
        (slope,) = torch.autograd.grad(value, y)
        return value.item(), slope.item()
