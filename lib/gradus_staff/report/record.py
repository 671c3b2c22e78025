"""What is known of a graded class, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["Answer", "ClassRecord", "Question", "Reason", "Submission", "without_names"]


@dataclass(frozen=True)
class Question:
    """One graded cell of the assignment.

    label  its grade id; with the notebook before it where the assignment has several
    """

    label: str
    title: str
    max_points: float
    is_prose: bool = False


@dataclass(frozen=True)
class Answer:
    """One question of one submission.

    points    None while the answer waits to be marked by hand
    status    "passed", "partly", "failed", "not judged" or "waiting"
    criteria  (name, is it met?) as judged; empty where nothing was      seconds  None where nothing was asked
    """

    question: str
    max_points: float
    points: float | None
    status: str
    misconceptions: tuple[str, ...] = ()
    criteria: tuple[tuple[str, bool], ...] = ()
    seconds: float | None = None

    @property
    def share(self) -> float | None:
        """Points as a share of the most there are; None while waiting, or where there is nothing to win."""
        return None if self.points is None or self.max_points <= 0 else self.points / self.max_points


@dataclass(frozen=True)
class Reason:
    """Why a person should look at a submission: one of attention.KINDS, and a sentence."""

    kind: str
    sentence: str = ""


@dataclass(frozen=True)
class Submission:
    """One student's submission.

    state     "judged"; "not judged" where nothing in it could be, so that it has no points; "not graded" yet
    points    before any late penalty           seconds  that grading took, 0 where that is not known
    """

    student: str
    state: str
    points: float
    max_points: float
    answers: tuple[Answer, ...] = ()
    reasons: tuple[Reason, ...] = ()
    seconds: float = 0.0
    seconds_late: float = 0.0
    penalty: float = 0.0

    @property
    def by_question(self) -> dict[str, Answer]:
        return {answer.question: answer for answer in self.answers}


@dataclass(frozen=True)
class ClassRecord:
    """A class and one assignment. has_names: False where the students are numbered."""

    assignment: str
    questions: tuple[Question, ...]
    submissions: tuple[Submission, ...]
    has_names: bool = True

    @property
    def max_points(self) -> float:
        return sum(question.max_points for question in self.questions)


def without_names(record: ClassRecord) -> ClassRecord:
    """The same class, numbered from most points to fewest; sentences that may hold a name are gone, too."""
    ordered = sorted(record.submissions, key=lambda one: (-one.points, one.student))
    return replace(record, submissions=tuple(_numbered(ordered)), has_names=False)


def _numbered(submissions: Sequence[Submission]) -> list[Submission]:
    width = len(str(len(submissions)))
    return [
        replace(
            submission,
            student=f"no. {number:0{width}}",
            reasons=tuple(Reason(kind) for kind in dict.fromkeys(reason.kind for reason in submission.reasons)),
        )
        for number, submission in enumerate(submissions, start=1)
    ]
