"""The numbers of conv_pool_by_hand: the lecture's, or a student's own, equally hard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradus.draws import Draws
from gradus.numbers.latex import matrix
from gradus.numbers.windows import Grid, correlate, has_ties, is_lopsided, pool_maxima, tells_mistakes_apart
from gradus.personal import Numbers

__all__ = ["Sizes", "YourNumbers", "convolution", "pooling", "size_with_a_rest", "until"]


@dataclass(frozen=True)
class Sizes:
    """A layer's sizes: image side, kernel side, stride, padding, output channels."""

    image: int
    kernel: int
    stride: int
    padding: int
    channels: int = 1

    @property
    def output(self) -> int:
        return (self.image - self.kernel + 2 * self.padding) // self.stride + 1

    @property
    def leaves_a_rest(self) -> bool:
        """Is there something for the floor to cut off?"""
        return (self.image - self.kernel + 2 * self.padding) % self.stride != 0


@dataclass(frozen=True)
class YourNumbers(Numbers):
    """A, B       image (5, 5) and kernel (3, 3) of part 1
    size_3a       of question 3A      image_3b, kernel_3b   (3, 3) and (2, 2)      image_3c   (4, 4)
    size_4a       of question 4A
    """

    A: Grid = ((4, 5, 2, 2, 1), (3, 3, 2, 2, 4), (4, 3, 4, 1, 1), (5, 1, 4, 1, 2), (5, 1, 3, 1, 4))
    B: Grid = ((4, 3, 3), (5, 5, 5), (2, 4, 3))
    size_3a: Sizes = Sizes(32, 3, 2, 1)
    image_3b: Grid = ((2, 4, 5), (2, 1, 3), (3, 1, 5))
    kernel_3b: Grid = ((1, 0), (2, -1))
    image_3c: Grid = ((2, 4, 5, 0), (2, 1, 3, 1), (3, 1, 5, 0), (0, 1, 0, 1))
    size_4a: Sizes = Sizes(20, 3, 4, 2, 16)

    @classmethod
    def drawn(cls, draws: Callable[[str], Draws]) -> YourNumbers:
        """Numbers as hard as the lecture's, with the same traps."""
        A, B = _part_1(draws("1"))
        image, kernel = convolution(draws("3B"))
        return cls(A, B, size_with_a_rest(draws("3A")), image, kernel, pooling(draws("3C")), _size_4a(draws("4A")))

    def tasks(self) -> dict[str, str]:
        a, c = self.size_3a, self.size_4a
        return {
            "1C": f"$${matrix(self.A, 'A')}$$\n\n$${matrix(self.B, 'B')}$$",
            "3A": (
                f"The image has **{a.image} × {a.image}** pixels, the kernel is {a.kernel} × {a.kernel}, "
                f"the padding {a.padding} on every side, the stride {a.stride}."
            ),
            "3B": (
                f"$$\\text{{image }} {matrix(self.image_3b)}, \\qquad \\text{{kernel }} {matrix(self.kernel_3b)}$$\n\n"
                "Padding 1 on every side, stride 1."
            ),
            "3C": f"$${matrix(self.image_3c)}$$\n\nWindow 2 × 2, stride 2, no padding.",
            "4A": (
                f"One image channel of size **{c.image} × {c.image}**, kernel {c.kernel} × {c.kernel}, "
                f"padding {c.padding}, stride {c.stride}, and **{c.channels}** output channels."
            ),
        }


def until(draw: Callable[[], Any], is_fair: Callable[[Any], bool]) -> Any:
    """The first draw that is fair."""
    while not is_fair(one := draw()):
        pass
    return one


def _part_1(draws: Draws) -> tuple[Grid, Grid]:
    """Entries 1 to 5 and 2 to 5, as in the lecture; the largest entry of every 2 x 2 window of C is there once."""
    return until(
        lambda: (draws.grid(5, 5, 1, 5), draws.grid(3, 3, 2, 5)),
        lambda pair: is_lopsided(pair[1]) and not has_ties(correlate(*pair), 2, 1) and tells_mistakes_apart(*pair),
    )


def size_with_a_rest(draws: Draws) -> Sizes:
    """An even image and an odd kernel at stride 2: half a step is always left over."""
    kernel, padding = draws.one_of([(3, 1), (5, 1), (5, 2)])
    return Sizes(2 * draws.whole(13, 32), kernel, 2, padding)


def convolution(draws: Draws) -> tuple[Grid, Grid]:
    """The lecture's kernel entries in some order; the output has one 0, at the corner that the 0 decides."""

    def draw() -> tuple[Grid, Grid]:
        a, b, c, d = draws.shuffled([1, 0, 2, -1])
        return draws.grid(3, 3, 1, 5), [[a, b], [c, d]]

    def is_fair(pair: tuple[Grid, Grid]) -> bool:
        entries = [entry for row in correlate(*pair, padding=1) for entry in row]
        return entries.count(0) == 1 and sum(entry < 0 for entry in entries) >= 2 and tells_mistakes_apart(*pair, 1)

    return until(draw, is_fair)


def pooling(draws: Draws) -> Grid:
    """Entries 0 to 5; every block has one largest entry, and the four are not all the same."""
    return until(
        lambda: draws.grid(4, 4, 0, 5),
        lambda image: not has_ties(image, 2, 2) and len({m for row in pool_maxima(image, 2, 2) for m in row}) > 1,
    )


def _size_4a(draws: Draws) -> Sizes:
    """As the lecture's 20, 3, 4, 2: a rest is left over, and the output has 5 to 9 rows."""
    return until(
        lambda: Sizes(draws.whole(17, 33), 3, draws.whole(3, 4), draws.whole(1, 2), draws.one_of([8, 12, 16, 24, 32])),
        lambda sizes: sizes.leaves_a_rest and 5 <= sizes.output <= 9,
    )
