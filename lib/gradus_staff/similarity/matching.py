"""Which passages two submissions share.

Passages are found greedily, the longest first, as in string tiling: every token belongs to one passage at most, so the
number of shared tokens is the same on both sides. Where a passage stands does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gradus_staff.similarity.tokens import Token
from gradus_staff.similarity.winnowing import NOISE, WINDOW, hashes, winnow

__all__ = ["Passage", "Piece", "Work", "common_hashes", "passages", "piece", "repeated_hashes"]


@dataclass(frozen=True)
class Piece:
    """One cell of a submission.

    title  its grade id, or what else it is      hashes  one for every run of NOISE tokens
    """

    title: str
    source: str
    tokens: tuple[Token, ...]
    hashes: tuple[int, ...]
    is_prose: bool = False


def piece(title: str, source: str, tokens: Iterable[Token], is_prose: bool = False) -> Piece:
    tokens = tuple(tokens)
    return Piece(title, source, tokens, tuple(hashes([token.text for token in tokens])), is_prose)


@dataclass
class Work:
    """What one student handed in.

    ignored  hashes that do not count: what was given, what many wrote, what repeats itself over and over
    """

    student: str
    pieces: list[Piece]
    ignored: frozenset[int] = field(default_factory=frozenset)

    @property
    def hashes(self) -> set[int]:
        return {value for piece in self.pieces for value in piece.hashes}

    @property
    def fingerprints(self) -> set[int]:
        """What is compared first: winnowed, without what is ignored."""
        return {value for piece in self.pieces for value in winnow(piece.hashes, WINDOW)} - self.ignored

    def own(self) -> list[set[int]]:
        """For every piece the positions of the tokens that are the student's own: in no ignored run."""
        return [_own_positions(piece, self.ignored) for piece in self.pieces]


def _own_positions(piece: Piece, ignored: frozenset[int]) -> set[int]:
    own = set(range(len(piece.tokens)))
    for start, value in enumerate(piece.hashes):
        if value in ignored:
            own.difference_update(range(start, start + NOISE))
    return own


@dataclass(frozen=True)
class Passage:
    """A run of tokens that two submissions share.

    first, second  (piece, first token) on either side      length  in tokens
    """

    first: tuple[int, int]
    second: tuple[int, int]
    length: int


def common_hashes(works: Sequence[Work], more_than: float, at_least: int) -> frozenset[int]:
    """Hashes in more than a share of the works, and in at least so many of them."""
    counts = Counter(value for work in works for value in work.hashes)
    limit = max(at_least - 1, more_than * len(works))
    return frozenset(value for value, count in counts.items() if count > limit)


def repeated_hashes(work: Work, times: int = 20) -> frozenset[int]:
    """Hashes that a single work has more often than that: tables of numbers, and mischief."""
    counts = Counter(value for piece in work.pieces for value in piece.hashes)
    return frozenset(value for value, count in counts.items() if count > times)


def passages(one: Work, other: Work) -> list[Passage]:
    """The passages that two works share, the longest first."""
    ignored = one.ignored | other.ignored
    first, second = _counting(one, ignored), _counting(other, ignored)
    places: dict[int, list[_Place]] = {}
    for place, value in _placed(second):
        places.setdefault(value, []).append(place)
    found = []
    for place, value in _placed(first):
        for opposite in places.get(value, ()):
            if not _is_same(first, second, place, opposite, -1):
                length = 1
                while _is_same(first, second, place, opposite, length):
                    length += 1
                found.append(Passage(place, opposite, length + NOISE - 1))
    return _without_overlap(found)


_Place = tuple[int, int]
_Hashes = list[list[int | None]]


def _counting(work: Work, ignored: frozenset[int]) -> _Hashes:
    """The hashes of every piece, None in place of those that do not count."""
    return [[None if value in ignored else value for value in piece.hashes] for piece in work.pieces]


def _placed(hashes: _Hashes) -> Iterator[tuple[_Place, int]]:
    for index, own in enumerate(hashes):
        for start, value in enumerate(own):
            if value is not None:
                yield (index, start), value


def _is_same(first: _Hashes, second: _Hashes, place: _Place, opposite: _Place, step: int) -> bool:
    """Do both go on alike, so many tokens further?"""
    a, b = first[place[0]], second[opposite[0]]
    i, j = place[1] + step, opposite[1] + step
    return 0 <= i < len(a) and 0 <= j < len(b) and a[i] is not None and a[i] == b[j]


def _without_overlap(found: list[Passage]) -> list[Passage]:
    """The longest passages first; of a later one what is still free, where that is long enough."""
    kept: list[Passage] = []
    taken_first: set[_Place] = set()
    taken_second: set[_Place] = set()
    for candidate in sorted(found, key=lambda one: (-one.length, one.first, one.second)):
        for start, end in _free_runs(candidate, taken_first, taken_second):
            part = Passage(
                (candidate.first[0], candidate.first[1] + start),
                (candidate.second[0], candidate.second[1] + start),
                end - start,
            )
            kept.append(part)
            taken_first.update((part.first[0], part.first[1] + k) for k in range(part.length))
            taken_second.update((part.second[0], part.second[1] + k) for k in range(part.length))
    return sorted(kept, key=lambda one: (-one.length, one.first, one.second))


def _free_runs(passage: Passage, first: set[_Place], second: set[_Place]) -> list[tuple[int, int]]:
    """Stretches of a passage, as (start, end) within it, that are taken on neither side and at least NOISE long."""
    runs, start = [], 0
    for k in range(passage.length + 1):
        is_free = k < passage.length and not (
            (passage.first[0], passage.first[1] + k) in first or (passage.second[0], passage.second[1] + k) in second
        )
        if not is_free:
            if k - start >= NOISE:
                runs.append((start, k))
            start = k + 1
    return runs
