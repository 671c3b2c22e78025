"""Numbers as people read them."""

from __future__ import annotations

__all__ = ["count", "duration", "number", "percent", "seconds", "signed"]


def number(value: float) -> str:
    """At most one decimal, none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole percent; 100 % only where it is all."""
    if share is None:
        return "–"
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "99 %"
    return "1 %" if whole == 0 and share > 0 else f"{whole} %"


def signed(value: float | None) -> str:
    """A correlation with its sign (a real minus)."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def seconds(value: float) -> str:
    """A short time with its unit."""
    if value < 0.001:
        return "< 1 ms"
    if value < 1:
        return f"{1000 * value:.0f} ms"
    return f"{number(value)} s" if value < 120 else f"{number(value / 60)} min"


def duration(value: float) -> str:
    """A long time in its two largest units: `2 d 3 h`, `3 h 20 min`, `12 min`."""
    minutes = max(1, round(value / 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [f"{days} d"] * bool(days) + [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes and not days)
    return " ".join(parts)


def count(number: int, one: str, many: str = "") -> str:
    """`1 submission`, `3 submissions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
