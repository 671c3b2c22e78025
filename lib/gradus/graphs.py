"""Pictures of computation graphs, drawn as SVG: from the inputs at the left to the output at the right.

>>> GraphPicture([Node("a"), Node("b"), Node("c", "+", ("a", "b"))])
Graph: inputs a, b; c = + (a, b)

The picture takes its colours from JupyterLab's theme, light or dark; where there is no theme it stands on white.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from gradus.layout import Layout, lay_out

if TYPE_CHECKING:
    from gradus.tape.engine import Tensor

__all__ = ["GraphPicture", "Node", "graph_of"]

_MOST_NODES = 60


@dataclass(frozen=True)
class Node:
    """One node of a picture.

    sign    what stands in it large: an operation's sign; empty for an input, which shows its name
    inputs  names of the nodes that it is made of, in order; the same name twice gives two arrows
    blank   True where the reader is to fill something in      note  a word or two below the node
    caption what stands in it small, below the sign; by default its name
    """

    name: str
    sign: str = ""
    inputs: tuple[str, ...] = ()
    blank: bool = False
    note: str = ""
    caption: str = ""

    @property
    def is_input(self) -> bool:
        return not self.inputs

    @property
    def large(self) -> str:
        return self.sign or self.name

    @property
    def small(self) -> str:
        return (self.caption or self.name) if self.sign else ""


class GraphPicture:
    """A drawn graph; shows itself in a notebook.

    nodes  in any order      Raises ValueError for a name that is there twice, missing or used in a circle
    """

    def __init__(self, nodes: Iterable[Node], title: str = "Computation graph") -> None:
        self.nodes = tuple(nodes)
        self.title = title
        if not 1 <= len(self.nodes) <= _MOST_NODES:
            raise ValueError(f"a picture of {len(self.nodes)} nodes; expected from 1 to {_MOST_NODES}")
        self._layout = lay_out({node.name: node.inputs for node in self.nodes}, [node.name for node in self.nodes])

    def with_notes(self, notes: Mapping[str, object]) -> GraphPicture:
        """The same picture with a word below some nodes; ValueError where a name is not there."""
        if unknown := set(notes) - {node.name for node in self.nodes}:
            raise ValueError(f"there is no node {', '.join(map(repr, sorted(unknown)))} in this graph")
        nodes = [replace(node, note=str(notes.get(node.name, node.note))) for node in self.nodes]
        return GraphPicture(nodes, self.title)

    def __repr__(self) -> str:
        inputs = ", ".join(node.name for node in self.nodes if node.is_input)
        made = [f"{node.name} = {node.sign} ({', '.join(node.inputs)})" for node in self.nodes if not node.is_input]
        notes = [f"{node.name}: {node.note}" for node in self.nodes if node.note]
        return f"Graph: inputs {inputs}; {'; '.join(made + notes)}".rstrip("; ")

    def _repr_html_(self) -> str:
        return f'<div style="overflow-x:auto;margin:.4em 0">{self.svg()}</div>'

    def svg(self) -> str:
        """The picture as one SVG element."""
        return _draw(self.nodes, self._layout, f"{self.title}. {self!r}")


_INK = "var(--jp-content-font-color1,#1f2328)"
_SOFT = "var(--jp-content-font-color2,#57606a)"
_GROUND = "var(--jp-layout-color1,#ffffff)"
_BLUE, _AMBER, _EDGE = "#3a86d0", "#c77700", "#8a929b"
_COLUMN, _ROW, _HEIGHT, _MARGIN = 138.0, 84.0, 52.0, 14.0


def _draw(nodes: tuple[Node, ...], layout: Layout, description: str) -> str:
    marker = "tip" + hashlib.sha256(description.encode()).hexdigest()[:10]
    widths = {node.name: _width(node) for node in nodes}
    widest = max(max(widths[node.name], 7.6 * len(node.note)) for node in nodes)
    column = max(_COLUMN, max(widths.values()) + 56, 7.6 * max(len(node.note) for node in nodes) + 16)
    left, top = _MARGIN + widest / 2, _MARGIN + _HEIGHT / 2
    width = 2 * left + column * (layout.columns - 1)
    height = 2 * top + _ROW * (layout.rows - 1) + (22 if any(node.note for node in nodes) else 0)

    def at(place: tuple[int, float]) -> tuple[float, float]:
        return left + column * place[0], top + _ROW * place[1]

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="system-ui,sans-serif" '
        f'style="max-width:none;display:block"><title>{escape(description)}</title>'
        f'<defs><marker id="{marker}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" fill="{_EDGE}"/></marker></defs>'
        f'<rect width="100%" height="100%" rx="8" style="fill:{_GROUND}"/>'
    ]
    for node in nodes:
        parts += [
            f'<path d="{path}" fill="none" stroke="{_EDGE}" stroke-width="1.8" marker-end="url(#{marker})"/>'
            for path in _edges(node, layout, widths, at)
        ]
    parts += [_box(node, widths[node.name], *at(layout.places[node.name])) for node in nodes]
    return "".join(parts) + "</svg>"


def _width(node: Node) -> float:
    return max(62.0, 10.5 * len(node.large) + 26, 7.2 * len(node.small) + 22)


def _edges(node: Node, layout: Layout, widths: Mapping[str, float], at) -> list[str]:  # type: ignore[no-untyped-def]
    """One path for every arrow into a node; arrows arrive in the order of their origins, so that they do not cross."""
    routes = [layout.routes[name, node.name] for name in node.inputs]
    befores = [
        (route[-1] if route else layout.places[name])[1] for name, route in zip(node.inputs, routes, strict=True)
    ]
    ranks = sorted(range(len(befores)), key=lambda k: (befores[k], k))
    x_end, y_end = at(layout.places[node.name])
    paths = []
    for k, (name, route) in enumerate(zip(node.inputs, routes, strict=True)):
        shift = ((ranks.index(k) + 1) / (len(ranks) + 1) - 0.5) * 0.8 * _HEIGHT
        again = node.inputs.count(name) > 1
        x, y = at(layout.places[name])
        points = [(x + widths[name] / 2, y + (shift if again else 0.0)), *map(at, route)]
        points.append((x_end - widths[node.name] / 2 - 1, y_end + shift))
        path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
        for (ax, ay), (bx, by) in pairwise(points):
            bow = 14 * (1 if shift > 0 else -1) if again and ay == by else 0
            middle = (ax + bx) / 2
            path += f"C{middle:.1f} {ay + bow:.1f} {middle:.1f} {by + bow:.1f} {bx:.1f} {by:.1f}"
        paths.append(path)
    return paths


def _box(node: Node, width: float, x: float, y: float) -> str:
    colour = _AMBER if node.blank else _BLUE if node.is_input else _SOFT
    corner = _HEIGHT / 2 if node.is_input else 8
    dash = ' stroke-dasharray="6 4"' if node.blank else ""
    shape = (
        f'<rect x="{x - width / 2:.1f}" y="{y - _HEIGHT / 2:.1f}" width="{width:.1f}" height="{_HEIGHT}" rx="{corner}" '
        f'stroke-width="2.2"{dash} style="fill:{_GROUND};stroke:{colour}"/>'
    )
    middle = y - 4 if node.small else y + 6
    text = _text(node.large, x, middle, 18, 600, _INK)
    if node.small:
        text += _text(node.small, x, y + 18, 13, 400, _INK if node.blank else _SOFT)
    if node.note:
        text += _text(node.note, x, y + _HEIGHT / 2 + 17, 13, 600, _INK)
    return f"<g>{shape}{text}</g>"


def _text(content: str, x: float, y: float, size: int, weight: int, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" font-weight="{weight}" '
        f'style="fill:{colour}">{escape(content)}</text>'
    )


_SIGNS = {
    "EwiseAdd": "+", "EwiseMul": "*", "MatMul": "@", "Summation": "sum", "BroadcastTo": "stretch",
    "Reshape": "reshape", "Transpose": "transpose", "ReLU": "relu", "Log": "log", "Exp": "exp",
}  # fmt: skip
_RAISED = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")


def graph_of(output: Tensor, notes: Mapping[Tensor, object] | None = None) -> GraphPicture:
    """The picture of all that a tensor of `gradus.tape` was made of.

    notes  a word below some of the tensors, for instance how often each was visited
    """
    names: dict[Tensor, str] = {}
    nodes: list[Node] = []
    waiting = [output]
    while waiting:
        tensor = waiting.pop(0)
        if tensor in names:
            continue
        names[tensor] = _unused(tensor.name or f"#{len(names) + 1}", names)
        waiting += reversed(tensor.inputs)  # the nodes are turned round below
    for tensor, name in names.items():
        note = str((notes or {}).get(tensor, ""))
        inputs = tuple(names[one] for one in tensor.inputs)
        caption = tensor.name or " × ".join(map(str, tensor.shape)) or "number"
        nodes.append(Node(name, _sign(tensor), inputs, note=note, caption=caption))
    return GraphPicture(reversed(nodes))


def _unused(name: str, names: Mapping[Tensor, str]) -> str:
    return name if name not in names.values() else f"{name} ({len(names) + 1})"


def _sign(tensor: Tensor) -> str:
    if tensor.op is None:
        return f"{tensor.values:.4g}" if tensor.shape == () and not tensor.name else ""
    kind = type(tensor.op).__name__
    if kind == "PowerScalar":
        return "( )" + f"{tensor.op.exponent:g}".translate(_RAISED)  # type: ignore[attr-defined]
    return _SIGNS.get(kind, kind)
