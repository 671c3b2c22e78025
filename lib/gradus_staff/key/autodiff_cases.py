"""Hidden inputs of autodiff, drawn for one student."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradus_staff.answer_key import Case

__all__ = ["SKIP", "domain", "elementwise", "products", "random_graph", "shapes"]

LINKS = "made of engine operations"


def domain(rng: np.random.Generator, size: Any) -> np.ndarray:
    """Points with x > -1 and y > 0 (y turns negative at x = -0.897), away from 0, where the slope vanishes."""
    x = rng.uniform(-0.8, 2.0, size)
    return np.where(np.abs(x) < 0.15, x + 0.4, x)


def away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.uniform(0.4, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


def elementwise(rng: np.random.Generator) -> Iterator[Case]:
    for shape in ((3,), (2, 3), (2, 1, 2), ()):
        g, a, b = rng.normal(size=shape), away_from_zero(rng, shape), away_from_zero(rng, shape)
        yield Case("EwiseAdd", op="EwiseAdd", out_grad=g, a=a, b=b)
        yield Case("EwiseMul", op="EwiseMul", out_grad=g, a=a, b=b)
        yield Case("Log", op="Log", out_grad=g, a=np.abs(a))
        yield Case("Exp", op="Exp", out_grad=g, a=a)
        if shape:
            a.flat[:2] = np.abs(a.flat[0]), -np.abs(a.flat[1])
            yield Case("ReLU", op="ReLU", out_grad=g, a=a)
    yield Case("ReLU", op="ReLU", out_grad=rng.normal(size=4), a=np.array([0.0, 1.5, -0.5, 0.0]))
    for exponent in (0, 1, 2, 3, -1, 0.5):
        a = away_from_zero(rng, (2, 3))
        a = np.abs(a) if exponent == 0.5 else a
        yield Case("PowerScalar", op="PowerScalar", out_grad=rng.normal(size=(2, 3)), a=a, exponent=exponent)
    for op in ("EwiseAdd", "EwiseMul", "Log", "Exp", "ReLU"):
        g, a, b = rng.normal(size=3), np.abs(away_from_zero(rng, (3,))), away_from_zero(rng, (3,))
        both = {"b": b} if op.startswith("Ewise") else {}
        yield Case(LINKS, how="links", op=op, out_grad=g, a=a, **both)
    yield Case(LINKS, how="links", op="PowerScalar", out_grad=g, a=a, exponent=3)


def shapes(rng: np.random.Generator) -> Iterator[Case]:
    def case(criterion: str, op: str, before: tuple[int, ...], after: tuple[int, ...], how: str = "", **settings: Any):
        g, a = rng.normal(size=after), rng.normal(size=before)
        return Case(criterion, how=how, op=op, out_grad=g, a=a, **settings)

    n, m, k = (int(size) for size in rng.permutation([2, 3, 4]))
    for before, axes, after in [
        ((n, m), None, ()), ((n, m), (0,), (m,)), ((n, m), (1,), (n,)), ((n, n), (1,), (n,)), ((n, m, k), (0, 2), (m,)),
        ((n, m, k), (-1,), (n, m)), ((n, m, k), (1,), (n, k)), ((n,), (0,), ()),
    ]:  # fmt: skip
        yield case("Summation", "Summation", before, after, axes=axes)
    for before, after in [
        ((n, 1), (n, m)), ((m,), (n, m)), ((1, m), (n, m)), ((), (n, m)), ((n, 1, k), (n, m, k)), ((1,), (k,)),
        ((1, k), (n, m, k)), ((n, m), (n, m)), ((1, 1), (n, 1)),
    ]:  # fmt: skip
        yield case("BroadcastTo", "BroadcastTo", before, after, shape=after)
    for before, after in [((n * m,), (n, m)), ((n, m, k), (k, n * m)), ((n, m), (m, n)), ((1, 1), ())]:
        yield case("Reshape", "Reshape", before, after, shape=after)
    for before, axes, after in [
        ((n, m), None, (m, n)), ((n, m, k), None, (n, k, m)), ((n, m, k), (0, 1), (m, n, k)),
        ((n, m, k), (0, 2), (k, m, n)), ((n, n, n), (0, 1), (n, n, n)),
    ]:  # fmt: skip
        yield case("Transpose", "Transpose", before, after, **({"axes": axes} if axes else {}))
    yield case(LINKS, "Summation", (n, m), (m,), "links", axes=(0,))
    yield case(LINKS, "BroadcastTo", (1, m), (n, m), "links", shape=(n, m))
    yield case(LINKS, "Reshape", (n, m), (m, n), "links", shape=(m, n))
    yield case(LINKS, "Transpose", (n, m), (m, n), "links")


def products(rng: np.random.Generator) -> Iterator[Case]:
    def case(criterion: str, a: tuple[int, ...], b: tuple[int, ...], how: str = ""):
        batch = np.broadcast_shapes(a[:-2], b[:-2])
        g = rng.normal(size=(*batch, a[-2], b[-1]))
        return Case(criterion, how=how, op="MatMul", out_grad=g, a=rng.normal(size=a), b=rng.normal(size=b))

    n, m, k = (int(size) for size in rng.permutation([2, 3, 4]))
    for a, b in [((n, k), (k, m)), ((1, k), (k, m)), ((3, 3), (3, 3))]:
        yield case("two matrices", a, b)
    for a, b in [((5, n, k), (5, k, m)), ((2, 3, n, k), (2, 3, k, m)), ((3, 3, 3), (3, 3, 3))]:
        yield case("batches", a, b)
    for a, b in [
        ((5, n, k), (k, m)), ((n, k), (5, k, m)), ((5, 1, n, k), (6, k, m)), ((1, n, k), (5, k, m)),
        ((3, 3, 3), (3, 3)),
    ]:  # fmt: skip
        yield case("broadcast batches", a, b)
    yield case(LINKS, (2, 3, 3), (3, 3), "links")


def random_graph(rng: np.random.Generator, size: int) -> list[list[int]]:
    """Every node is used later or is the last; some use one input twice."""
    graph: list[list[int]] = [[], []]
    while len(graph) < size:
        inputs = rng.integers(0, len(graph), int(rng.integers(1, 4))).tolist()
        graph.append([len(graph) - 1, *inputs])
    return graph


SKIP = [[], [0], [0, 1], [0, 2]]
"""Node 0 is used beside what was made of it: by level from the output, it comes too late."""
