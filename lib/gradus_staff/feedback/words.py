"""Markdown as HTML for a page that stands alone: formulas as MathML, pictures inside the page, no links to headings."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from gradus_staff.feedback.mathml import mathml

__all__ = ["markdown_html"]

_PICTURES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp", ".svg": "svg+xml"}
_MOST_BYTES = 8 * 2**20


class _Renderer(IPythonRenderer):
    """nbconvert's, with formulas and pictures as the page needs them."""

    def block_math(self, body: str) -> str:
        return mathml(body, "block")

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return super().image(text, _embedded(Path(self.path), url) or url, title)


def markdown_html(source: str, attachments: dict[str, Any] | None = None, folder: Path | None = None) -> str:
    """The HTML of a Markdown text; the text itself where it cannot be rendered.

    folder  where pictures that the text names lie, beside the notebook
    """
    try:
        renderer = _Renderer(
            escape=False, attachments=attachments or {}, exclude_anchor_links=True, path=str(folder or Path("/nowhere"))
        )
        return str(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # one cell that cannot be rendered must not cost the student the page
        return f"<pre>{escape(source)}</pre>"


def _embedded(folder: Path, url: str) -> str | None:
    """A picture below the notebook's folder as a data URL; None for everything else, links and ways out among it."""
    kind = _PICTURES.get(Path(url).suffix.lower())
    path = folder / url
    if kind is None or not path.is_file() or path.is_symlink():
        return None
    if not path.resolve().is_relative_to(folder.resolve()) or path.stat().st_size > _MOST_BYTES:
        return None
    return f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
