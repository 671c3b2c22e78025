"""Numbers as MathJax."""

from __future__ import annotations

from typing import Any

__all__ = ["matrix"]


def matrix(rows: Any, name: str = "") -> str:
    """A matrix between dollar signs: "$$A = \\\\begin{pmatrix} ... $$" (without the name where it is empty)."""
    body = r" \\ ".join(" & ".join(str(entry) for entry in row) for row in rows)
    left = f"{name} = " if name else ""
    return rf"{left}\begin{{pmatrix}} {body} \end{{pmatrix}}"
