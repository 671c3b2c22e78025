"""What autodiff accepts beyond one value: an order of nodes, shares with a graph, eleven digits."""

from __future__ import annotations

from gradus.judging import Array, Finding, Observation, Tolerance, Where, as_numbers, compare

__all__ = ["Exactly", "entry", "is_in_order", "reaches"]


class Exactly:
    """An array that must be met to eleven digits."""

    def __init__(self, array: Array) -> None:
        self.array = array

    def compare(self, got: Observation, tolerance: Tolerance | None = None) -> Finding | None:
        return compare(got, self.array, Tolerance(2e-11, 2e-11))


def reaches(got: Observation, needed: list[set[str]]) -> bool | str:
    if not isinstance(got, list) or len(got) != len(needed):
        return "The number of gradients is not that of the inputs."
    missing = set().union(*(need - set(one) for one, need in zip(got, needed, strict=True)))
    if not missing:
        return True
    return f"The result does not hang on {' and '.join(sorted(missing))}, so it cannot be differentiated again."


def is_in_order(got: Observation, graph: list[list[int]], start: int, criterion: str = "") -> bool | str:
    """The rule of one criterion, or of all three."""
    if not isinstance(got, list) or not all(isinstance(one, int) for one in got):
        return "Expected a list of nodes."
    needed = {start}
    for node in range(start, -1, -1):
        needed |= set(graph[node]) if node in needed else set()
    place = {node: index for index, node in enumerate(got)}
    if criterion in ("", "each node once") and (len(place) < len(got) or not got):
        return "Some node stands in the list more than once."
    if criterion in ("", "nothing missing, nothing foreign") and set(got) != needed:
        return "Something is missing in the list, or does not belong there."
    if criterion in ("", "nothing missing, nothing foreign") and got[-1] != start:
        return "The last of the list is not the node itself."
    first = {node: got.index(node) for node in place}
    if criterion not in ("", "inputs first"):
        return True
    late = [
        node
        for node in got
        if node in range(len(graph))
        for one in graph[node]
        if first.get(one, len(got)) > first[node]
    ]
    return "Some node comes before one of its inputs." if late else True


def entry(index: int, answer: tuple[float, ...]) -> Where:
    """Three numbers, of which one is looked at."""

    def test(got: Observation) -> bool | str:
        try:
            numbers = as_numbers(got)
        except ValueError:
            return "Expected three numbers."
        if numbers.shape != (len(answer),):
            return "Expected three numbers."
        return bool(abs(numbers[index] - answer[index]) < 1e-6) or "The value is not the right one."

    return Where(test, "three numbers")
