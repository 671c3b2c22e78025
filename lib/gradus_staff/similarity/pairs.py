"""Pairs of submissions that share passages, the most remarkable first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from gradus_staff.similarity.matching import Passage, Work, passages
from gradus_staff.similarity.winnowing import NOISE

__all__ = ["Comparison", "Pair", "compare_all"]


@dataclass(frozen=True)
class Pair:
    """Two submissions and what they share.

    runs    shared runs of NOISE tokens: a passage of n tokens has n - NOISE + 1. Pairs are ordered by it
    shared  tokens in shared passages that are the student's own, on either side
    own     tokens of the student's own in all, on either side
    """

    one: Work
    other: Work
    passages: tuple[Passage, ...]
    runs: int
    shared: tuple[int, int]
    own: tuple[int, int]

    @property
    def shares(self) -> tuple[float, float]:
        """How much of either student's own work stands in the other's, too: 0 to 1."""
        first, second = (part / whole if whole else 0.0 for part, whole in zip(self.shared, self.own, strict=True))
        return first, second

    @property
    def longest(self) -> int:
        """Tokens in the longest passage."""
        return self.passages[0].length if self.passages else 0

    @property
    def titles(self) -> list[str]:
        """The cells in which passages stand, in the first submission's order."""
        return [self.one.pieces[index].title for index in sorted({passage.first[0] for passage in self.passages})]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `gradus similar --json` writes it; positions are characters in the cell's source."""
        return {
            "students": [self.one.student, self.other.student],
            "shares": [round(share, 4) for share in self.shares],
            "shared_tokens": list(self.shared),
            "own_tokens": list(self.own),
            "shared_runs": self.runs,
            "longest_passage": self.longest,
            "passages": [
                {
                    "tokens": passage.length,
                    "places": [
                        _place(work, place, passage.length)
                        for work, place in ((self.one, passage.first), (self.other, passage.second))
                    ],
                }
                for passage in self.passages
            ],
        }


def _place(work: Work, place: tuple[int, int], length: int) -> dict[str, Any]:
    own = work.pieces[place[0]]
    return {"cell": own.title, "start": own.tokens[place[1]].start, "end": own.tokens[place[1] + length - 1].end}


@dataclass(frozen=True)
class Comparison:
    """A class compared.

    pairs         the most remarkable ones      fingerprints  (students, students) -> shared fingerprints, where any are
    all_pairs     how many pairs there are
    """

    works: list[Work]
    pairs: list[Pair]
    fingerprints: dict[tuple[str, str], int]

    @property
    def all_pairs(self) -> int:
        return len(self.works) * (len(self.works) - 1) // 2


def compare_all(works: Sequence[Work], show: int = 20) -> Comparison:
    """Compare everybody with everybody: by fingerprints first, then the likeliest pairs passage by passage.

    show  how many pairs to keep at most
    """
    ordered = sorted(works, key=lambda work: work.student)
    counts = _shared_fingerprints(ordered)
    likely = sorted(counts, key=lambda key: (-counts[key], key))[: 200 + 4 * show]
    own = {index: ordered[index].own() for pair in likely for index in pair}
    found = [pair for a, b in likely if (pair := _pair(ordered[a], ordered[b], own[a], own[b])).passages]
    found.sort(key=lambda pair: (-pair.runs, -max(pair.shares), pair.one.student, pair.other.student))
    names = {(ordered[a].student, ordered[b].student): count for (a, b), count in counts.items()}
    return Comparison(list(ordered), found[:show], names)


def _shared_fingerprints(works: Sequence[Work]) -> Counter[tuple[int, int]]:
    owners: dict[int, list[int]] = {}
    for index, work in enumerate(works):
        for value in work.fingerprints:
            owners.setdefault(value, []).append(index)
    return Counter(pair for indices in owners.values() for pair in combinations(indices, 2))


def _pair(one: Work, other: Work, first: list[set[int]], second: list[set[int]]) -> Pair:
    """first, second  the positions of either student's own tokens, piece by piece"""
    found = passages(one, other)
    shared_first = sum(p.first[1] + k in first[p.first[0]] for p in found for k in range(p.length))
    shared_second = sum(p.second[1] + k in second[p.second[0]] for p in found for k in range(p.length))
    return Pair(
        one,
        other,
        tuple(found),
        runs=sum(passage.length - NOISE + 1 for passage in found),
        shared=(shared_first, shared_second),
        own=(sum(map(len, first)), sum(map(len, second))),
    )
