"""SVG, element by element: every text and attribute is escaped by the writer, never by hand."""

from __future__ import annotations

from xml.etree import ElementTree

from markupsafe import Markup

__all__ = ["Element", "element", "markup", "picture", "text"]

Element = ElementTree.Element


def element(parent: Element | None, tag: str, **attributes: object) -> Element:
    """A new element in its parent. `class_` is class, x_y is x-y, floats are short."""
    own = {name.rstrip("_").replace("_", "-"): _short(value) for name, value in attributes.items() if value is not None}
    return Element(tag, own) if parent is None else ElementTree.SubElement(parent, tag, own)


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(parent: Element, x: float | str, y: float, words: str, class_: str = "", **attributes: object) -> Element:
    """A line of text at a place."""
    one = element(parent, "text", x=x, y=y, class_=class_ or None, **attributes)
    one.text = words
    return one


def picture(label: str, **attributes: object) -> Element:
    """An empty drawing, with the sentence that stands for it where it cannot be seen."""
    drawing = element(None, "svg", role="img", **attributes)
    drawing.set("aria-label", label)
    return drawing


def markup(drawing: Element) -> Markup:
    """The drawing as it stands in a page."""
    return Markup(ElementTree.tostring(drawing, encoding="unicode", short_empty_elements=True))
