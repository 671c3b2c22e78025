"""The numbers of a report: pure functions on plain data, each with its formula."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from gradus_staff.report.record import Answer, Submission

__all__ = [
    "Column", "CriterionCount", "Holders", "correlation", "difficulty", "discrimination", "failing_criteria", "holders",
    "quantile", "score_columns",
]  # fmt: skip


def difficulty(shares: Sequence[float]) -> float | None:
    """The mean share of a question's points, 0 (nobody has any) to 1 (everybody has all); None for an empty class.

    p = (1/n) * sum of x_i / m      x_i points of submission i      m the question's points
    """
    return statistics.fmean(shares) if shares else None


def discrimination(submissions: Sequence[Submission], question: str) -> float | None:
    """Does the question tell strong from weak? The correlation of its points with those of all other questions.

    r = corr(x, t - x)      x points of the question      t - x the points of the rest, so that it is not compared
    with itself. -1 to 1; None where it is not defined: fewer than three answers, or no spread in either of the two.
    Questions that not everybody has points for yet (prose that waits to be marked) are left out of the rest.
    """
    known = [one.by_question for one in submissions]
    labels = {label for answers in known for label in answers} - {question}
    rest = [label for label in labels if all(a.get(label) and a[label].points is not None for a in known)]
    pairs = [
        (answers[question].points, sum(answers[label].points or 0.0 for label in rest))
        for answers in known
        if question in answers and answers[question].points is not None
    ]
    return correlation([x for x, _ in pairs if x is not None], [y for _, y in pairs])


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's correlation; None for fewer than three pairs, or where one side has no spread."""
    if len(xs) < 3 or max(xs) - min(xs) < 1e-9 or max(ys) - min(ys) < 1e-9:
        return None
    return max(-1.0, min(1.0, statistics.correlation(xs, ys)))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, interpolated between neighbours. ValueError for none."""
    if not values:
        raise ValueError("a quantile of no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@dataclass(frozen=True)
class Column:
    """One column of the histogram: low <= points < high; the last one is for all points, and low == high."""

    low: float
    high: float
    judged: int
    not_judged: int

    @property
    def number(self) -> int:
        return self.judged + self.not_judged


def score_columns(submissions: Sequence[Submission], max_points: float, columns: int = 10) -> list[Column]:
    """Ten columns of equal width, and one for all points. Extra credit counts as all points."""
    judged, others = [0] * (columns + 1), [0] * (columns + 1)
    for one in submissions:
        share = one.points / max_points if max_points > 0 else 0.0
        place = columns if share >= 1 - 1e-9 else max(0, int(share * columns + 1e-9))
        (judged if one.state == "judged" else others)[place] += 1
    edges = [max_points * i / columns for i in range(columns + 1)]
    highs = [*edges[1:], max_points]
    return [Column(*values) for values in zip(edges, highs, judged, others, strict=True)]


@dataclass(frozen=True)
class CriterionCount:
    """How often a criterion of a question was not met, of how many judged answers."""

    question: str
    name: str
    failed: int
    judged: int

    @property
    def share(self) -> float:
        return self.failed / self.judged


def failing_criteria(answers: Sequence[Answer]) -> list[CriterionCount]:
    """Criteria that somebody has not met, the most often failed first. Answers that were not judged do not count."""
    counts: dict[tuple[str, str], list[int]] = {}
    for answer in answers:
        for name, is_met in answer.criteria:
            count = counts.setdefault((answer.question, name), [0, 0])
            count[0] += not is_met
            count[1] += 1
    found = [CriterionCount(*key, *count) for key, count in counts.items() if count[0]]
    return sorted(found, key=lambda one: (-one.share, -one.failed))


@dataclass(frozen=True)
class Holders:
    """A misconception, the questions in which it showed, and who holds it (each student once)."""

    sentence: str
    questions: tuple[str, ...]
    students: tuple[str, ...]


def holders(submissions: Sequence[Submission]) -> list[Holders]:
    """Every misconception that was recognised, the most common first."""
    questions: dict[str, dict[str, None]] = {}
    students: dict[str, dict[str, None]] = {}
    for one in submissions:
        for answer in one.answers:
            for sentence in answer.misconceptions:
                questions.setdefault(sentence, {})[answer.question] = None
                students.setdefault(sentence, {})[one.student] = None
    found = [Holders(sentence, tuple(own), tuple(students[sentence])) for sentence, own in questions.items()]
    return sorted(found, key=lambda one: (-len(one.students), -len(one.questions)))
