"""Formulas that a browser shows by itself: TeX to MathML, so that a page needs neither script nor network.

What comes out is built anew from a short list of elements, and every text in it is escaped: TeX may be a student's.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from latex2mathml.symbols_parser import convert_symbol

__all__ = ["latex_output", "mathml"]

_ELEMENTS = frozenset((
    "math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mover", "munderover",
    "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts",
    "mprescripts", "none",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "display", "stretchy", "width", "height", "depth", "lspace", "rspace", "voffset", "scriptlevel", "displaystyle",
    "minsize", "maxsize", "fence", "form", "linethickness", "accent", "accentunder", "movablelimits", "largeop",
    "separator", "symmetric", "notation",
))  # fmt: skip
_PLAIN_VALUE = re.compile(r"[-+\w.% ]{1,40}")
_LENGTHS = {"negativethinmathspace": "-0.167em", "thinmathspace": "0.167em", "mediummathspace": "0.222em"}
_VARIANTS = {
    "monospace": "font-family:monospace",
    "bold": "font-weight:bold",
    "italic": "font-style:italic",
    "bold-italic": "font-weight:bold;font-style:italic",
}
# Macros: a few of them can grow without end.
_MACROS = re.compile(r"\\(new|renew|provide)(command|environment)|\\[egx]?def(?![A-Za-z])|\\let(?![A-Za-z])|\\Declare")
_DELIMITED = re.compile(r"\$\$(?P<block>.+)\$\$|\\\[(?P<bracket>.+)\\\]|\$(?P<inline>[^$]+)\$", re.DOTALL)
_LONGEST = 8000


def mathml(tex: str, display: str = "inline") -> str:
    """The formula as MathML ("inline" or "block"); as the TeX that it is where it cannot be read."""
    try:
        if len(tex) > _LONGEST or _MACROS.search(tex):
            raise ValueError("too long for a formula")
        return _written(convert_to_element(tex.strip(), display=display))
    except Exception:  # a formula may be anything: what cannot be converted is shown as it was written
        kind = "div" if display == "block" else "span"
        return f'<{kind} class="tex"><code>{html.escape(tex.strip())}</code></{kind}>'


def latex_output(text: str) -> str:
    """An output of type text/latex as HTML: formulas between dollars or brackets, and words around them."""
    parts, end = [], 0
    for found in _DELIMITED.finditer(text):
        block = found["block"] or found["bracket"]
        parts += [
            html.escape(text[end : found.start()]),
            mathml(block or found["inline"], "block" if block else "inline"),
        ]
        end = found.end()
    rest = text[end:]
    is_bare = not parts and "\\" in rest
    return "".join(parts) + (mathml(rest, "block") if is_bare else html.escape(rest))


def _written(element: Element) -> str:
    """The element as text. Raises ValueError at an element or a command that browsers would not show."""
    if element.tag not in _ELEMENTS:
        raise ValueError(f"unexpected element {element.tag}")
    _mark_signs(element)
    inner = _text(element.text) + "".join(_written(child) + html.escape(child.tail or "") for child in element)
    return f"<{element.tag}{_attributes(element)}>{inner}</{element.tag}>"


def _mark_signs(row: Element) -> None:
    """A minus after another operator is a sign, not a subtraction, and stands close to its number."""
    before: Element | None = None
    for child in row:
        if child.tag == "mo" and before is not None and html.unescape(child.text or "") in ("-", "−", "+", "±"):
            is_operator = before.tag == "mo" and html.unescape(before.text or "") not in (")", "]", "}", "|", "!", "∣")
            if is_operator or before.tag in ("mspace", "mtext"):
                child.set("form", "prefix")
        before = child


def _text(raw: str | None) -> str:
    """Escaped text of a leaf; commands that the converter has left in it become their signs."""
    text = html.unescape(raw or "")  # the converter writes signs as references, and they must not be escaped twice
    text = re.sub(r"\\([_%&#${} ])", r"\1", text)
    if text.startswith("\\"):
        code = convert_symbol(text)
        if not code:
            raise ValueError(f"unknown command {text}")
        text = chr(int(code, 16))
    return html.escape(text)


def _attributes(element: Element) -> str:
    found = {}
    for name, value in element.attrib.items():
        value = _LENGTHS.get(value, value)
        if name in _ATTRIBUTES and _PLAIN_VALUE.fullmatch(value):
            found[name] = value
        elif name == "columnalign" and value in ("left", "right"):
            found["style"] = f"text-align:{value}"
        elif name == "mathvariant" and value == "normal":
            found[name] = value
        elif name == "mathvariant" and value in _VARIANTS:  # browsers know only "normal"
            found["style"] = _VARIANTS[value]
    return "".join(f' {name}="{value}"' for name, value in found.items())
