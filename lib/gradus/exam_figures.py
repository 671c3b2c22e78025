"""The figures of the exam."""

from __future__ import annotations

import numpy as np

from gradus.graphs import GraphPicture, Node
from gradus.plots import Picture

__all__ = [
    "convnet_picture", "graph_with_blanks", "grid_of_boxes", "leaky_slopes", "network_graph", "perceptron_picture",
    "sigmoid_picture", "zero_one_loss",
]  # fmt: skip

_BLUE, _RED, _GREEN, _INK = "#0072B2", "#D55E00", "#009E73", "#222222"


def sigmoid_picture() -> Picture:
    """A sigmoid and a ReLU over the same inputs."""
    x = np.linspace(-12, 12, 400)
    figure = Picture(figsize=(8, 2.8))
    curves = (1 / (1 + np.exp(-x)), np.maximum(x, 0))
    for axes, y, name in zip(figure.axes_grid(1, 2), curves, ("sigmoid", "ReLU"), strict=True):
        axes.plot(x, y, color=_BLUE, linewidth=2)
        axes.set(xlabel="input", ylabel=f"{name}(input)")
    return figure


def zero_one_loss() -> Picture:
    """The 0/1 loss over the score of the right class minus the best other score."""
    figure = Picture(figsize=(6, 2.6))
    (axes,) = figure.axes_grid()
    axes.plot([-4, 0], [1, 1], color=_BLUE, linewidth=2)
    axes.plot([0, 4], [0, 0], color=_BLUE, linewidth=2)
    axes.plot([0], [1], "o", color=_BLUE)
    axes.plot([0], [0], "o", markerfacecolor="white", color=_BLUE)
    axes.set(xlabel="score of the right class minus the best other score", ylabel="0/1 loss", yticks=[0, 1])
    return figure


def leaky_slopes() -> Picture:
    """max(kx, x) for some k, and beside it max(-kx, x) as the printed exam had it."""
    x = np.linspace(-3, 3, 301)
    figure = Picture(figsize=(9, 3))
    for axes, sign, name in zip(
        figure.axes_grid(1, 2), (1, -1), ("max(kx, x)", "max(−kx, x), as printed"), strict=True
    ):
        for k, dash, colour in ((0.0, "-", _BLUE), (0.3, "--", _RED), (0.7, "-.", _GREEN), (1.0, ":", _INK)):
            axes.plot(x, np.maximum(sign * k * x, x), dash, color=colour, linewidth=2, label=f"k = {k:g}")
        axes.set(xlabel="x", ylabel=name)
        axes.legend(facecolor="white", labelcolor=_INK, fontsize=8)
    return figure


def _chain(*layers: tuple[str, str], title: str) -> GraphPicture:
    """Boxes in a row: (name of the layer, what comes out of it)."""
    nodes, before = [Node("x")], "x"
    for layer, out in layers:
        nodes.append(Node(out, layer, (before,)))
        before = out
    return GraphPicture(nodes, title)


def perceptron_picture() -> GraphPicture:
    """The perceptron of section 4."""
    layers = [("Linear1", "z1"), ("LayerNorm1", "z2"), ("ReLU", "z3"), ("Dropout", "dropped"), ("Linear2", "z4")]
    return _chain(*layers, ("cross-entropy", "z5"), title="The perceptron")


def convnet_picture() -> GraphPicture:
    """The convolutional network of section 11."""
    layers = [("Conv1", "H1"), ("BN1", "H2"), ("ReLU1", "H3"), ("Conv2", "H4"), ("BN2", "H5"), ("ReLU2", "H6")]
    return _chain(*layers, title="The convolutional network")


def graph_with_blanks() -> GraphPicture:
    """y = (x1 x2 + x3)^2 - x1 x3 with five empty nodes."""
    blank = [("a", ("x1", "x2")), ("b", ("a", "x3")), ("c", ("b",)), ("d", ("x1", "x3")), ("e", ("c", "d"))]
    nodes = [Node(name) for name in ("x1", "x2", "x3")]
    nodes += [Node(name, f"({name})", inputs, blank=True, caption=" ") for name, inputs in blank]
    return GraphPicture([*nodes, Node("y", "y", ("e",), caption=" ")], "A graph with blanks")


def network_graph() -> GraphPicture:
    """v1 to v7 of section 5."""
    return GraphPicture(
        [
            Node("v1", note="x"), Node("v2", note="W"), Node("v3", note="y"), Node("v4", "@", ("v1", "v2")),
            Node("v5", "exp", ("v4",)), Node("v6", "+", ("v4", "v5")), Node("v7", "MSE", ("v6", "v3")),
        ],
        "The network",
    )  # fmt: skip


def grid_of_boxes() -> Picture:
    """A picture under YOLO's grid: every cell answers for the boxes whose middle it holds."""
    figure = Picture(figsize=(4.2, 4.2))
    (axes,) = figure.axes_grid()
    axes.set(xlim=(0, 7), ylim=(7, 0), xticks=range(8), yticks=range(8), xlabel="grid column", ylabel="grid row")
    axes.grid(True, color="#8a929b", linewidth=1)
    axes.set_aspect("equal")
    for (x, y, w, h), colour, name in (((0.6, 2.2, 2.6, 3.6), _BLUE, "dog"), ((3.4, 0.7, 3.1, 2.3), _RED, "car")):
        axes.add_patch(_rectangle(x, y, w, h, colour))
        axes.plot(x + w / 2, y + h / 2, "o", color=colour)
        axes.annotate(name, (x + w / 2, y + h / 2), xytext=(6, 6), textcoords="offset points", color=colour)
    return figure


def _rectangle(x: float, y: float, width: float, height: float, colour: str):
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=2.5)
