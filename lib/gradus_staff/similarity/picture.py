"""A picture of the class: how many pairs share how much."""

from __future__ import annotations

import math

from gradus_staff.similarity.pairs import Comparison

__all__ = ["histogram"]

WIDTH, HEIGHT, BOTTOM, LEFT, BINS = 720, 190, 34, 44, 40


def histogram(comparison: Comparison) -> str:
    """Pairs by shared fingerprints, as SVG; the heights grow with the logarithm, so that one pair is still seen."""
    counts = list(comparison.fingerprints.values())
    largest = max(counts, default=1)
    step = max(1, math.ceil((largest + 1) / BINS))
    bins = [0] * (largest // step + 1)
    for count in counts:
        bins[count // step] += 1
    bins[0] += comparison.all_pairs - len(counts)
    listed = {comparison.fingerprints.get((p.one.student, p.other.student), 0) // step for p in comparison.pairs}
    return _svg(bins, step, listed)


def _svg(bins: list[int], step: int, listed: set[int]) -> str:
    wide = (WIDTH - LEFT - 10) / len(bins)
    tallest = math.log1p(max(bins))
    room = HEIGHT - BOTTOM - 16
    bars = []
    for index, count in enumerate(bins):
        if not count:
            continue
        height = max(3.0, room * math.log1p(count) / tallest)
        low, high = index * step, (index + 1) * step - 1
        what = f"{low} to {high}" if high > low else str(low)
        x, y = LEFT + index * wide, HEIGHT - BOTTOM - height
        kind = "bin listed" if index in listed else "bin"
        pairs = "1 pair shares" if count == 1 else f"{count:,} pairs share"
        bars.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(wide - 2, 1):.1f}" height="{height:.1f}" rx="2">'
            f"<title>{pairs} {what} fingerprints</title></rect>"
            f'<text class="count" x="{x + wide / 2 - 1:.1f}" y="{y - 4:.1f}">{_short(count)}</text>'
        )
    ticks = "".join(
        f'<text class="tick" x="{LEFT + (index + 0.5) * wide - 1:.1f}" y="{HEIGHT - BOTTOM + 14}">{index * step}</text>'
        for index in range(0, len(bins), max(1, len(bins) // 8))
    )
    return f"""<svg class="histogram" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"
 aria-label="How many pairs share how many fingerprints">
<line class="axis" x1="{LEFT}" y1="{HEIGHT - BOTTOM}" x2="{WIDTH - 10}" y2="{HEIGHT - BOTTOM}"/>
{"".join(bars)}{ticks}
<text class="label" x="{LEFT}" y="{HEIGHT - 4}">shared fingerprints; the pairs that are listed below stand out</text>
<text class="label" transform="translate(14 {HEIGHT - BOTTOM}) rotate(-90)">pairs of students</text>
</svg>"""


def _short(count: int) -> str:
    return f"{count / 1000:.1f}k" if count >= 10_000 else str(count)
