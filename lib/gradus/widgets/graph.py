"""The computation graph stepper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from gradus.widgets.host import Explorer
from gradus.widgets.module import module
from gradus.widgets.traits import Forgiving, Whole

Graph = list[dict[str, Any]]

MOST_NODES = 16
OPERATIONS: dict[str, Callable[..., torch.Tensor]] = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "square": torch.square,
    "neg": torch.neg,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "mse": torch.nn.functional.mse_loss,
}
TWO_INPUTS = ("add", "sub", "mul", "div", "mse")


def operation(name: str, op: str, *inputs: str) -> dict[str, Any]:
    """A node that computes: operation("s", "add", "x1", "x2")."""
    return {"name": name, "op": op, "inputs": list(inputs)}


EXAMPLES: dict[str, Graph] = {
    # y = (x1 + x2)^2 + x2*x3 - x3
    "polynomial": [
        {"name": "x1", "value": 1.0},
        {"name": "x2", "value": 2.0},
        {"name": "x3", "value": -1.0},
        operation("a", "add", "x1", "x2"),
        operation("b", "mul", "x2", "x3"),
        operation("c", "square", "a"),
        operation("d", "add", "c", "b"),
        operation("y", "sub", "d", "x3"),
    ],
    # v6 = v4 + exp(v4), v4 = v1*v2, compared with v3
    "network": [
        {"name": "v1", "value": 0.5},
        {"name": "v2", "value": 2.0},
        {"name": "v3", "value": 3.0},
        operation("v4", "mul", "v1", "v2"),
        operation("v5", "exp", "v4"),
        operation("v6", "add", "v4", "v5"),
        operation("v7", "mse", "v6", "v3"),
    ],
}


class GraphTrait(Forgiving):
    """A list of nodes in which every name is known; the sentence says which node is wrong."""

    def convert(self, value: Any) -> Graph:
        if isinstance(value, str):
            if value not in EXAMPLES:
                raise ValueError(f"The graphs that have a name are {', '.join(EXAMPLES)}; {value!r:.60} is not known.")
            return [dict(node) for node in EXAMPLES[value]]
        try:
            nodes = [dict(node) for node in value]
        except (ValueError, TypeError):
            raise ValueError("A graph is a list of nodes; the graph is unchanged.") from None
        if not 1 <= len(nodes) <= MOST_NODES:
            raise ValueError(f"The picture has room for 1 to {MOST_NODES} nodes; the graph is unchanged.")
        known: set[str] = set()
        for node in nodes:
            check_node(node, known)
            known.add(node["name"])
        return nodes


def check_node(node: dict[str, Any], known: set[str]) -> None:
    """Raise ValueError with a sentence where the node cannot follow the nodes with the known names."""
    name = node.get("name")
    if not isinstance(name, str) or not name or name in known:
        raise ValueError(f"Every node needs a name of its own, and {name!r:.40} is none; the graph is unchanged.")
    if "op" not in node:
        if isinstance(node.get("value"), bool) or not isinstance(node.get("value"), int | float):
            raise ValueError(f"Node {name} needs a number as its value, or an op; the graph is unchanged.")
        node["value"] = float(node["value"])
        if not abs(node["value"]) <= 1e5:
            raise ValueError(f"The value of {name} must lie between −100000 and 100000; the graph is unchanged.")
        return
    if node["op"] not in OPERATIONS:
        known_operations = ", ".join(OPERATIONS)
        raise ValueError(f"Node {name}: the operations are {known_operations}; {node['op']!r:.40} is not known.")
    inputs = list(node.get("inputs", ()))
    needed = 2 if node["op"] in TWO_INPUTS else 1
    if len(inputs) != needed:
        raise ValueError(
            f"Node {name}: {node['op']} takes {needed} input(s), not {len(inputs)}; the graph is unchanged."
        )
    for one in inputs:
        if one not in known:
            raise ValueError(f"Node {name} uses {one!r:.40}, which must come before it; the graph is unchanged.")
    node["inputs"] = inputs


class GraphStepper(Explorer):
    """A computation graph, a node at a time: values forward, then adjoints backward, adding where paths meet.

    graph  "polynomial", "network", or nodes in order: {"name": "x", "value": 2.0} or operation("y", "square", "x")
    step   how many steps have been made; 0 shows the inputs alone
    `values` and `adjoints` are PyTorch's, by name; the output is the last node that no other node uses.

    >>> from gradus.widgets.graph import operation
    >>> nodes = [{"name": "x", "value": 3.0}, operation("s", "add", "x", "x"), operation("y", "square", "s")]
    >>> stepper = GraphStepper(nodes)
    >>> stepper.values["y"], stepper.adjoints["x"]
    (36.0, 24.0)
    """

    title = "Computation graph stepper"
    height = 700
    _esm = module("graph")

    graph = GraphTrait(EXAMPLES["polynomial"])
    step = Whole(0)

    def __init__(self, graph: str | Graph = "polynomial", step: int = 0) -> None:
        super().__init__(graph=graph, step=step)

    @property
    def values(self) -> dict[str, float]:
        return {name: tensor.item() for name, tensor in self._tensors().items()}

    @property
    def adjoints(self) -> dict[str, float]:
        tensors = self._tensors()
        used = {name for node in self.graph for name in node.get("inputs", ())}
        output = next(node["name"] for node in reversed(self.graph) if node["name"] not in used)
        leaves = list(tensors.values())
        found = torch.autograd.grad(tensors[output], leaves, allow_unused=True)
        return {name: 0.0 if one is None else one.item() for name, one in zip(tensors, found, strict=True)}

    def summary(self) -> str:
        return f"GraphStepper: {', '.join(node['name'] for node in self.graph)}; step {self.step}"

    def _tensors(self) -> dict[str, torch.Tensor]:
        tensors: dict[str, torch.Tensor] = {}
        for node in self.graph:
            if "op" in node:
                tensors[node["name"]] = OPERATIONS[node["op"]](*(tensors[name] for name in node["inputs"]))
            else:
                tensors[node["name"]] = torch.tensor(node["value"], dtype=torch.float64, requires_grad=True)
        return tensors
