"""From observations to points: criteria, and the verdict on one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from gradus.judging.compare import Finding

__all__ = ["VERDICT_MIME", "Criterion", "Status", "Verdict", "not_judged", "verdict_from_criteria"]

VERDICT_MIME = "application/vnd.gradus.verdict+json"
"""The output type under which a verdict stays in the autograded notebook, for feedback and reports."""

Status = str  # "passed", "partly", "failed" or "not judged"


@dataclass(frozen=True)
class Criterion:
    """One thing that the answer must do: what it is worth, and whether it was done.

    weight   share of the question's points (relative to the other criteria); a bonus adds, and is never missed
    finding  None where passed, else the first difference
    """

    name: str
    weight: float
    finding: Finding | None = None
    is_bonus: bool = False
    cases: int = 1

    @property
    def passed(self) -> bool:
        return self.finding is None


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one question of one submission.

    points, max_points  as in the gradebook       status  "passed", "partly", "failed", "not judged"
    misconceptions      sentences, the likeliest first; empty where nothing is recognised
    message             one sentence for the student     hints  questions that lead on
    reason              why the right answer is right, where the question explains itself after grading
    """

    question: str
    points: float
    max_points: float
    status: Status
    criteria: tuple[Criterion, ...] = ()
    misconceptions: tuple[str, ...] = ()
    message: str = ""
    hints: tuple[str, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = field(default=())
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `gradus grade --json` writes it."""
        data = asdict(self)
        data["criteria"] = [
            {
                "name": criterion.name,
                "weight": criterion.weight,
                "passed": criterion.passed,
                "bonus": criterion.is_bonus,
                "cases": criterion.cases,
                "finding": criterion.finding.sentence if criterion.finding else "",
            }
            for criterion in self.criteria
        ]
        data["misconceptions"], data["hints"], data["notes"] = (
            list(self.misconceptions), list(self.hints), list(self.notes),
        )  # fmt: skip
        return data


def verdict_from_criteria(
    question: str,
    max_points: float,
    criteria: Sequence[Criterion],
    misconceptions: Sequence[str] = (),
    hints: Sequence[str] = (),
    seconds: float = 0.0,
) -> Verdict:
    """Points are the passed share of the weights; a bonus can make good for a loss, never exceed the maximum."""
    regular = [criterion for criterion in criteria if not criterion.is_bonus]
    total = sum(criterion.weight for criterion in regular)
    if total <= 0:
        raise ValueError(
            f"question {question}: the weights of its criteria add up to {total}, not to something positive"
        )
    earned = sum(criterion.weight for criterion in criteria if criterion.passed)
    points = round(max_points * min(1.0, max(0.0, earned / total)), 4)
    points = min(points, max_points)
    missed = [criterion for criterion in regular if not criterion.passed]
    status = "passed" if points >= max_points else "partly" if points > 0 else "failed"
    return Verdict(
        question, points, max_points, status, tuple(criteria), tuple(misconceptions),
        _message(status, regular, missed), tuple(hints), seconds,
    )  # fmt: skip


def _message(status: Status, regular: Sequence[Criterion], missed: Sequence[Criterion]) -> str:
    if not missed:
        return "Everything that was asked for is there."
    if status == "passed":
        return "Full points, with the help of a bonus."
    findings = {criterion.finding.sentence for criterion in missed if criterion.finding}
    if len(missed) == len(regular) and len(findings) == 1:
        return findings.pop()
    count = len(regular) - len(missed)
    return f"{count} of {len(regular)} criteria are met; not yet: {', '.join(criterion.name for criterion in missed)}."


def not_judged(question: str, max_points: float, reason: str, seconds: float = 0.0) -> Verdict:
    """No points, and why: silence is never worth anything."""
    return Verdict(question, 0.0, max_points, "not judged", message=reason, seconds=seconds)
