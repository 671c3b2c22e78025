"""Criteria, tolerances and verdicts: pure functions on plain data, no torch needed.

observation  what a kernel told us           encoding   how it travels
compare      got against expected            matchers, figures  expectations that are more than one value
verdict      criteria to points
"""

from gradus.judging.compare import EXACT, Finding, Matcher, Tolerance, as_numbers, compare, show
from gradus.judging.encoding import MalformedError, decode, dumps, encode, loads
from gradus.judging.matchers import AnyOf, Between, Numbers, Where
from gradus.judging.observation import Array, Observation, Opaque, Raised, describe
from gradus.judging.verdict import VERDICT_MIME, Criterion, Verdict, not_judged, verdict_from_criteria

__all__ = [
    "EXACT", "VERDICT_MIME", "AnyOf", "Array", "Between", "Criterion", "Finding", "MalformedError", "Matcher",
    "Numbers", "Observation", "Opaque", "Raised", "Tolerance", "Verdict", "Where", "as_numbers", "compare", "decode",
    "describe", "dumps", "encode", "loads", "not_judged", "show", "verdict_from_criteria",
]  # fmt: skip
