"""Everything that the page says, worked out once: the page, the CSV and the JSON file show the same numbers."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass

from gradus_staff.report.attention import KINDS, WAITING
from gradus_staff.report.record import ClassRecord, Question, Submission
from gradus_staff.report.statistics import (
    Column,
    CriterionCount,
    Holders,
    difficulty,
    discrimination,
    failing_criteria,
    holders,
    quantile,
    score_columns,
)

__all__ = ["QuestionSummary", "Reasons", "Scores", "Seconds", "Summary", "summarise"]


@dataclass(frozen=True)
class Scores:
    """Points of all graded submissions, before late penalties."""

    number: int
    mean: float
    median: float
    full: int


@dataclass(frozen=True)
class Seconds:
    """A spread of times in seconds, and the values themselves in order."""

    median: float
    most: float
    values: tuple[float, ...]

    @classmethod
    def of(cls, values: list[float]) -> Seconds | None:
        return cls(statistics.median(values), max(values), tuple(sorted(values))) if values else None


@dataclass(frozen=True)
class QuestionSummary:
    """One question: answers by status, difficulty (mean share of its points), discrimination, seconds.

    While some answers wait to be marked, difficulty and discrimination are None: those marked first may be others.
    """

    question: Question
    statuses: dict[str, int]
    mean_share: float | None
    discrimination: float | None
    seconds: Seconds | None

    @property
    def number(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True)
class Reasons:
    """Everybody whom one kind of reason concerns: (student, sentences)."""

    kind: str
    title: str
    advice: str
    students: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Summary:
    """All that a report says. judged: submissions that the statistics of questions are about."""

    record: ClassRecord
    judged: tuple[Submission, ...]
    scores: Scores
    columns: tuple[Column, ...]
    questions: tuple[QuestionSummary, ...]
    criteria: tuple[CriterionCount, ...]
    misconceptions: tuple[Holders, ...]
    seconds: Seconds | None
    reasons: tuple[Reasons, ...]
    late: tuple[Submission, ...]

    @property
    def to_look_at(self) -> tuple[str, ...]:
        """Who needs a human for another reason than prose that waits to be marked."""
        return tuple(dict.fromkeys(name for one in self.reasons if one.kind != WAITING for name, _ in one.students))

    @property
    def waiting(self) -> int:
        return sum(len(one.students) for one in self.reasons if one.kind == WAITING)


def summarise(record: ClassRecord) -> Summary:
    """Work out a class. Questions are about submissions that were judged: a file that cannot be read tells nothing."""
    graded = [one for one in record.submissions if one.state != "not graded"]
    judged = tuple(one for one in graded if one.state == "judged")
    points = [one.points for one in graded]
    return Summary(
        record=record,
        judged=judged,
        scores=Scores(
            number=len(graded),
            mean=statistics.fmean(points) if points else 0.0,
            median=quantile(points, 0.5) if points else 0.0,
            full=sum(one.points >= record.max_points - 1e-9 for one in graded),
        ),
        columns=tuple(score_columns(graded, record.max_points)),
        questions=tuple(_question(question, judged) for question in record.questions),
        criteria=tuple(failing_criteria([answer for one in judged for answer in one.answers])),
        misconceptions=tuple(holders(judged)),
        seconds=Seconds.of([one.seconds for one in graded if one.seconds > 0]),
        reasons=_reasons(record),
        late=tuple(sorted((one for one in graded if one.seconds_late > 0), key=lambda one: -one.seconds_late)),
    )


def _question(question: Question, judged: tuple[Submission, ...]) -> QuestionSummary:
    answers = [answer for one in judged if (answer := one.by_question.get(question.label))]
    is_waiting = any(answer.status == "waiting" for answer in answers)
    shares = [answer.share for answer in answers if answer.share is not None and not is_waiting]
    return QuestionSummary(
        question,
        dict(Counter(answer.status for answer in answers)),
        difficulty(shares),
        None if is_waiting else discrimination(judged, question.label),
        Seconds.of([answer.seconds for answer in answers if answer.seconds is not None]),
    )


def _reasons(record: ClassRecord) -> tuple[Reasons, ...]:
    found = []
    for name, kind in KINDS.items():
        students = []
        for one in record.submissions:
            own = [reason.sentence for reason in one.reasons if reason.kind == name]
            if own:
                students.append((one.student, tuple(sentence for sentence in own if sentence)))
        if students:
            found.append(Reasons(name, kind.title, kind.advice, tuple(students)))
    return tuple(found)
