"""Fingerprints of a text by winnowing.

S. Schleimer, D. S. Wilkerson, A. Aiken: Winnowing: Local Algorithms for Document Fingerprinting. SIGMOD 2003.
Every run of NOISE tokens (a k-gram, in their words) has a hash; of any WINDOW hashes in a row the smallest is kept.
Two texts that share a run of at least NOISE + WINDOW - 1 tokens therefore share a fingerprint, and no run shorter than
NOISE counts at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

__all__ = ["NOISE", "WINDOW", "hashes", "winnow"]

NOISE = 12
"""Shorter runs are common by chance. The right answers of tests/answers were written independently: of them the longest
passage shared by chance has 42 tokens, and most pairs share none."""

WINDOW = 5


def hashes(tokens: Sequence[str], noise: int = NOISE) -> list[int]:
    """The hash of every run of `noise` tokens, in order: the same in every process, on every machine."""
    runs = ("\x1f".join(tokens[start : start + noise]) for start in range(len(tokens) - noise + 1))
    return [int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=8).digest()) for run in runs]


def winnow(values: Sequence[int], window: int = WINDOW) -> set[int]:
    """The fingerprints of a text, from its hashes: in every window the smallest one."""
    if not values:
        return set()
    return {min(values[start : start + window]) for start in range(max(1, len(values) - window + 1))}
