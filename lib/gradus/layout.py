"""Where the nodes of a drawn graph go: columns from inputs to output, rows that keep arrows from crossing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Layout", "Place", "lay_out"]

Place = tuple[int, float]
"""A column, and a row (which may lie between two)."""

_SWEEPS = 6


@dataclass(frozen=True)
class Layout:
    """places  by node           routes  by (input, user): the free places that a long arrow passes on its way"""

    columns: int
    rows: float
    places: dict[str, Place]
    routes: dict[tuple[str, str], list[Place]]


def lay_out(inputs: Mapping[str, Sequence[str]], names: Sequence[str]) -> Layout:
    """Columns and rows for a graph, given as the inputs of every node.

    Raises ValueError for a name that is there twice, an input that is not there, and a circle.
    """
    if twice := {name for name in names if list(names).count(name) > 1}:
        raise ValueError(f"the name {sorted(twice)[0]!r} is there twice; every node needs its own")
    if missing := {one for own in inputs.values() for one in own} - set(names):
        raise ValueError(f"there is no node {sorted(missing)[0]!r} for others to be made of")
    column = _columns(inputs, names)
    slots, routes, neighbours = _slots(inputs, names, column)
    row = _rows(slots, neighbours)
    lowest = min(row.values())
    row = {key: value - lowest for key, value in row.items()}

    def place(key: str) -> Place:
        return next(k for k, own in enumerate(slots) if key in own), row[key]

    return Layout(
        columns=len(slots),
        rows=max(row.values()) + 1,
        places={name: place(name) for name in names},
        routes={edge: [place(key) for key in keys] for edge, keys in routes.items()},
    )


def _columns(inputs: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, int]:
    """One column beyond the last input; an input itself stands right before its first use."""
    column: dict[str, int] = {}
    left = list(names)
    while left:
        ready = [name for name in left if all(one in column for one in inputs[name])]
        if not ready:
            raise ValueError(f"the nodes {', '.join(left)} are made of each other, in a circle")
        for name in ready:
            column[name] = 1 + max((column[one] for one in inputs[name]), default=-1)
        left = [name for name in left if name not in column]
    for name in names:
        users = [column[user] for user in names if name in inputs[user]]
        if not inputs[name] and users:
            column[name] = min(users) - 1
    return column


def _slots(
    inputs: Mapping[str, Sequence[str]], names: Sequence[str], column: Mapping[str, int]
) -> tuple[list[list[str]], dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """What stands in every column: nodes, and a free place for each long arrow that passes."""
    slots: list[list[str]] = [[] for _ in range(max(column.values()) + 1)]
    neighbours: dict[str, list[str]] = {name: [] for name in names}
    routes: dict[tuple[str, str], list[str]] = {}
    for name in names:
        slots[column[name]].append(name)
    for user in names:
        for one in dict.fromkeys(inputs[user]):
            keys = [f"{one}>{user}>{k}" for k in range(column[one] + 1, column[user])]
            for key in keys:
                slots[int(key.rpartition(">")[2])].append(key)
                neighbours[key] = []
            routes[one, user] = keys
            chain = [one, *keys, user]
            for a, b in pairwise(chain):
                neighbours[a].append(b)
                neighbours[b].append(a)
    return slots, routes, neighbours


def _rows(slots: list[list[str]], neighbours: Mapping[str, list[str]]) -> dict[str, float]:
    """Every place moves towards the middle of its neighbours, column by column, to and fro."""
    where = {key: k for k, own in enumerate(slots) for key in own}
    row: dict[str, float] = {key: float(i) for own in slots for i, key in enumerate(own)}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for k in range(len(slots)) if forward else reversed(range(len(slots))):
            wish = {}
            for key in slots[k]:
                before = [row[one] for one in neighbours[key] if (where[one] < k) == forward]
                wish[key] = sum(before) / len(before) if before else row[key]
            slots[k].sort(key=lambda key: wish[key])
            row.update(_apart(slots[k], wish))
    return row


def _apart(keys: list[str], wish: Mapping[str, float]) -> dict[str, float]:
    """As near to their wishes as rows one apart allow, keeping the order."""
    placed: dict[str, float] = {}
    for key in keys:
        floor = max(placed.values()) + 1 if placed else wish[key]
        placed[key] = max(floor, wish[key])
    excess = sum(placed[key] - wish[key] for key in keys) / max(len(keys), 1)
    return {key: value - excess for key, value in placed.items()}
