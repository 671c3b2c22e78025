"""The numbers of the exam's sections 4, 5, 8, 10 and 11: the printed ones, or a student's own, equally hard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradus.draws import Draws
from gradus.numbers.conv_pool_by_hand import Sizes, convolution, pooling, size_with_a_rest, until
from gradus.numbers.latex import matrix
from gradus.numbers.windows import Grid
from gradus.personal import Numbers

__all__ = ["ConvNet", "Perceptron", "YourNumbers"]


@dataclass(frozen=True)
class Perceptron:
    """Section 4: features of the input, width of the hidden layer, classes."""

    features: int
    hidden: int
    classes: int


@dataclass(frozen=True)
class ConvNet:
    """Section 11: the image's side, kernels and filters of both layers, stride of the second, padding of the first."""

    image: int
    kernel_1: int
    filters_1: int
    kernel_2: int
    filters_2: int
    stride_2: int
    padding_1: int = 1

    @property
    def side_1(self) -> int:
        return self.image - self.kernel_1 + 2 * self.padding_1 + 1

    def side_2(self, padding: int = 0) -> int:
        return (self.side_1 - self.kernel_2 + 2 * padding) // self.stride_2 + 1


_SIZE = Sizes(40, 5, 2, 1)


@dataclass(frozen=True)
class YourNumbers(Numbers):
    """mlp, convnet       sizes of the networks of sections 4 and 11
    x, W, y              (1, 2), (2, 4), (1, 4): section 5, with x W = 0, so that exp is 1
    rows, batch          (2, 2) and (2, 3): section 8
    size, image, kernel, pooled   section 10
    """

    mlp: Perceptron = Perceptron(2, 6, 20)
    x: Grid = ((1, 2),)
    W: Grid = ((2, -4, 4, -2), (-1, 2, -2, 1))
    y: Grid = ((-1, 3, 5, -3),)
    rows: Grid = ((8, 2), (0, 4))
    batch: Grid = ((2, 3, 4), (1, 2, 2))
    size: Sizes = _SIZE
    image: Grid = ((1, 3, 2), (4, 1, 5), (2, 3, 1))
    kernel: Grid = ((2, -1), (0, 1))
    pooled: Grid = ((1, 3, 0, 2), (4, 2, 5, 1), (0, 1, 2, 4), (3, 2, 1, 0))
    convnet: ConvNet = ConvNet(224, 7, 2, 3, 4, 4)

    @classmethod
    def drawn(cls, draws: Callable[[str], Draws]) -> YourNumbers:
        """Numbers as hard as the printed ones, with the same traps."""
        x, W, y = _network(draws("5"))
        image, kernel = convolution(draws("10b"))
        return cls(
            _perceptron(draws("4")), x, W, y, _rows(draws("8a")), _batch(draws("8b")), size_with_a_rest(draws("10a")),
            image, kernel, pooling(draws("10c")), _convnet(draws("11")),
        )  # fmt: skip

    def tasks(self) -> dict[str, str]:
        m, s, n = self.mlp, self.size, self.convnet
        return {
            "4": (
                f"$x$ of shape $(B, {m.features})$ → **Linear1** ({m.hidden} outputs, with bias) → **LayerNorm1** → "
                f"**ReLU** → **Dropout** → **Linear2** ({m.classes} classes, with bias) → **cross-entropy** "
                "(mean over the batch)"
            ),
            "5": f"$${matrix(self.x, 'x')}$$\n\n$${matrix(self.W, 'W')}$$\n\n$${matrix(self.y, 'y')}$$",
            "8a": f"$${matrix(self.rows)}$$",
            "8b": f"$${matrix(self.batch)}$$",
            "10a": (
                f"The image has **{s.image} × {s.image}** pixels, the kernel is {s.kernel} × {s.kernel}, "
                f"the padding {s.padding} on every side, the stride {s.stride}."
            ),
            "10b": (
                f"$$\\text{{image }} {matrix(self.image)}, \\qquad \\text{{kernel }} {matrix(self.kernel)}$$\n\n"
                "Padding 1 on every side, stride 1."
            ),
            "10c": f"$${matrix(self.pooled)}$$\n\nWindow 2 × 2, stride 2, no padding.",
            "11": (
                f"Input $(B, 1, {n.image}, {n.image})$ → **Conv1** ({n.kernel_1} × {n.kernel_1}, "
                f"padding {n.padding_1}, stride 1, {n.filters_1} filters, with bias) → **BN1** → **ReLU1** → "
                f"**Conv2** ({n.kernel_2} × {n.kernel_2}, stride {n.stride_2}, padding 0 or 1, "
                f"{n.filters_2} filters, with bias) → **BN2** → **ReLU2**"
            ),
        }  # fmt: skip


def _perceptron(draws: Draws) -> Perceptron:
    """Sizes that are not each other's: a confusion always shows."""
    return until(
        lambda: Perceptron(draws.whole(2, 5), draws.whole(4, 9), draws.whole(10, 30)),
        lambda m: m.features != m.hidden and m.classes % m.hidden != 0,
    )


def _network(draws: Draws) -> tuple[Grid, Grid, Grid]:
    """x W = 0, so exp(x W) = 1; y odd, so that the factor 2/d = 1/2 leaves whole numbers; no adjoint is 0."""

    def draw() -> tuple[Grid, Grid, Grid]:
        a, b = draws.one_of([(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)])
        factors = draws.shuffled([1, -1, 2, -2])
        W = [[factor * b for factor in factors], [-factor * a for factor in factors]]
        return [[a, b]], W, [draws.shuffled([-3, -1, 3, 5])]

    def is_fair(numbers: tuple[Grid, Grid, Grid]) -> bool:
        _, W, y = numbers
        return sum((1 - entry) * weight for entry, weight in zip(y[0], W[0], strict=True)) != 0

    return until(draw, is_fair)


def _rows(draws: Draws) -> Grid:
    """Even entries; row by row gives another result than column by column."""

    def is_fair(rows: Grid) -> bool:
        (a, b), (c, d) = rows
        by_row = [[a > b, b > a], [c > d, d > c]]
        by_column = [[a > c, b > d], [c > a, d > b]]
        return a != b and c != d and a != c and b != d and by_row != by_column

    return until(lambda: [[2 * n for n in row] for row in draws.grid(2, 2, 0, 4)], is_fair)


def _batch(draws: Draws) -> Grid:
    """Two examples that differ in every feature, and not always in the same direction."""

    def is_fair(batch: Grid) -> bool:
        differences = [a - b for a, b in zip(*batch, strict=True)]
        return 0 not in differences and min(differences) < 0 < max(differences)

    return until(lambda: draws.grid(2, 3, 0, 5), is_fair)


def _convnet(draws: Draws) -> ConvNet:
    """Padding 0 and padding 1 give the same size in the second layer, as in print, and the floor cuts something off."""
    return until(
        lambda: ConvNet(
            draws.one_of([96, 128, 160, 192, 224, 256]), draws.one_of([5, 7]), draws.whole(2, 4), 3, draws.whole(4, 8),
            draws.whole(3, 4),
        ),
        lambda n: n.side_2(0) == n.side_2(1) and (n.side_1 - n.kernel_2) % n.stride_2 != 0
        and n.filters_1 != n.filters_2,
    )  # fmt: skip
