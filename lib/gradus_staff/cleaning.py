"""What a submission shows (outputs, Markdown, pictures), made harmless for whoever opens the graded notebook.

Feedback pages and the formgrader insert HTML as it is. Here it loses scripts, handlers, frames and everything that
covers the page; frames with explorers of the course are built anew from the course's own code. Text that a student
wrote as Markdown keeps its Markdown; HTML in it is shown as text, but for a few tags that cannot do anything.
"""

from __future__ import annotations

import base64
import contextlib
import re
from html.parser import HTMLParser
from typing import Any

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode, v4

from gradus_staff.framed import own_page

__all__ = ["clean_html", "clean_markdown", "clean_outputs", "clean_text_cell"]

_STYLES = {
    "background", "background-color", "border", "border-collapse", "border-left", "border-radius", "border-spacing",
    "color", "display", "flex", "flex-wrap", "font-family", "font-size", "font-style", "font-weight", "gap", "height",
    "justify-content", "line-height", "margin", "max-width", "overflow-wrap", "overflow-x", "padding", "text-align",
    "text-decoration", "vertical-align", "white-space", "width",
}  # fmt: skip
_TAGS = (nh3.ALLOWED_TAGS | {"iframe", "section", "label", "font"}) - {"map", "area"}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"style", "title", "aria-label", "aria-hidden", "lang", "dir"},
    "iframe": {"srcdoc", "loading"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "details": {"open"},
}
_INERT = (
    "b|br|code|dd|del|details|div|dl|dt|em|hr|i|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|"
    "tbody|td|th|thead|tr|u|ul"
)
_OPENS_HTML = re.compile(rf"<(?!/?(?:{_INERT})\s*/?>)(?=[A-Za-z/!?])", re.IGNORECASE)
_TEX_WITH_EFFECTS = re.compile(r"\\(href|style|class|cssId|require|Macro|newextarrow|data)(?![A-Za-z])")
_URL = re.compile(r"(?i)\s*(https?:|mailto:|#|attachment:|data:image/(png|jpeg|gif);base64,|[\w./-]+(#|\?|$))")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_MOST_SVG = 4 * 2**20


def clean_html(text: str) -> str:
    """HTML without anything that runs, loads by itself, or leaves its place on the page."""
    cleaned = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        set_tag_attribute_values={"iframe": {"sandbox": "allow-scripts", "style": "width:100%;height:44em;border:0"}},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_STYLES,
    )
    return _TEX_WITH_EFFECTS.sub(r"\\mathrm{\1}", cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "srcdoc":
        return own_page(value)
    if name in ("href", "src", "cite", "action", "formaction", "poster"):
        is_picture = tag == "img" and value.startswith(tuple(f"data:{kind};base64," for kind in _PICTURES))
        return value if is_picture or (tag != "img" and not value.strip().lower().startswith("data:")) else None
    if name == "style" and re.search(r"url\s*\(|expression|@import|\\", value, re.IGNORECASE):
        return None
    return value


def clean_markdown(text: str, attachments: dict[str, Any] | None = None) -> str:
    """Markdown whose HTML is shown as text. What is not harmless even then becomes one block of plain text."""
    cleaned = _TEX_WITH_EFFECTS.sub(r"\\mathrm{\1}", _OPENS_HTML.sub("< ", text))
    with contextlib.suppress(Exception):  # what cannot be rendered would stop the whole feedback page
        if _is_harmless(_rendered(cleaned, attachments or {})):
            return cleaned
    return _as_text(text)


def _as_text(text: str) -> str:
    """A block that shows the text as it is."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _rendered(markdown: str, attachments: dict[str, Any]) -> str:
    """The HTML that nbconvert makes of it."""
    renderer = IPythonRenderer(escape=False, attachments=attachments)
    return str(MarkdownWithMath(renderer=renderer).render(markdown))


class _Judge(HTMLParser):
    """Reads rendered Markdown and says whether there is anything in it that Markdown alone would not make."""

    _TAGS = set(f"{_INERT}|a|img|h1|h2|h3|h4|h5|h6|blockquote|input".split("|"))
    _ATTRIBUTES = frozenset((
        "href", "src", "alt", "title", "class", "id", "style", "type", "checked", "disabled", "rel", "name", "align",
        "start",
    ))  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_harmless = True

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            is_link = name in ("href", "src")
            self.is_harmless &= name in self._ATTRIBUTES and (not is_link or bool(_URL.match(value or "#")))
            self.is_harmless &= name != "style" or bool(re.fullmatch(r"[a-z-]+:\s*[a-z]+;?", value or ""))
        self.is_harmless &= tag in self._TAGS

    def handle_data(self, data: str) -> None:
        self.is_harmless &= not _TEX_WITH_EFFECTS.search(data)

    def handle_comment(self, data: str) -> None:
        self.is_harmless = False

    def handle_decl(self, decl: str) -> None:
        self.is_harmless = False

    def unknown_decl(self, data: str) -> None:
        self.is_harmless = False

    def handle_pi(self, data: str) -> None:
        self.is_harmless = False


def _is_harmless(page: str) -> bool:
    judge = _Judge()
    judge.feed(page)
    judge.close()
    return judge.is_harmless


def clean_text_cell(cell: NotebookNode) -> None:
    """Clean a Markdown cell in place; a raw cell, which pages show as HTML, becomes Markdown with its text."""
    attachments = cell.pop("attachments", None) or {}
    kept = {
        name: {mime: data for mime, data in bundle.items() if mime in _PICTURES and _BASE64.fullmatch(str(data))}
        for name, bundle in attachments.items()
        if re.fullmatch(r"[\w. ()-]+", name)
    }
    if cell.cell_type == "raw":
        cell.cell_type = "markdown"
        cell.source = _as_text(cell.source)
    else:
        cell.source = clean_markdown(cell.source, kept)
    if kept := {name: bundle for name, bundle in kept.items() if bundle}:
        cell["attachments"] = kept


def clean_outputs(cell: NotebookNode) -> None:
    """Rebuild a code cell's outputs in place from what is known to be harmless, whatever messages made them."""
    if type(cell.get("execution_count")) is not int:
        cell.execution_count = None
    cell.outputs = [clean for output in cell.outputs if (clean := _clean_output(output)) is not None]


def _clean_output(output: NotebookNode) -> NotebookNode | None:
    """Text is shown as text by every page and stays."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return v4.new_output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        lines = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
        name, value = _text(output.get("ename")), _text(output.get("evalue"))
        return v4.new_output("error", ename=name, evalue=value, traceback=lines)
    if kind not in ("display_data", "execute_result"):
        return None
    shown: dict[str, Any] = {}
    for mime, data in dict(output.get("data") or {}).items():
        if (clean := _clean(mime, _text(data))) is not None:
            shown.setdefault(*clean)
    if not shown:
        shown["text/plain"] = "(an output of a kind that is not shown here)"
    count = {"execution_count": output.get("execution_count")} if kind == "execute_result" else {}
    if count and type(count["execution_count"]) is not int:
        count["execution_count"] = None
    return v4.new_output(kind, shown, metadata=_sizes(output.get("metadata")), **count)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _clean(mime: str, text: str) -> tuple[str, str] | None:
    """(MIME type, content) of what may be shown, or None."""
    if mime == "text/plain":
        return mime, text
    if mime == "text/html":
        return mime, clean_html(text)
    if mime == "text/latex":
        return mime, _TEX_WITH_EFFECTS.sub(r"\\mathrm{\1}", text)
    if mime == "text/markdown":
        return mime, clean_markdown(text)
    if mime in _PICTURES and _BASE64.fullmatch(text):
        return mime, text
    if mime == "image/svg+xml" and len(text) <= _MOST_SVG:  # in an image nothing of it runs
        picture = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
        return "text/html", f'<img alt="drawing" src="data:image/svg+xml;base64,{picture}">'
    return None


def _sizes(metadata: Any) -> dict[str, Any]:
    """Widths and heights of pictures, where they are numbers."""
    sizes: dict[str, Any] = {}
    for mime in _PICTURES if isinstance(metadata, dict) else ():
        own = metadata.get(mime)
        if isinstance(own, dict):
            numbers = {name: own[name] for name in ("width", "height") if type(own.get(name)) in (int, float)}
            if numbers:
                sizes[mime] = numbers
    return sizes
