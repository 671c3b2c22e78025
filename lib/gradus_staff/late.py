"""Late days, as nbgrader's late plugin: minutes of grace, free days a term, then a percentage a day, up to a limit.

Free days are spent in the order of due dates, whatever the order of grading: every penalty follows from the due dates
and the times of submission in the gradebook alone, and `settle` brings all of them up to date.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Enum, Float, Integer, List, Unicode
from traitlets.config import Config
from traitlets.utils.importstring import import_item

if TYPE_CHECKING:
    from gradus_staff.course import Course

__all__ = ["LateDays", "LateRecord", "late_days_of", "policy_of", "record_of", "settle", "settle_course"]

DAY = 86_400.0
"""Seconds. A day is 24 hours after the due time, whatever the clocks do in between."""


@dataclass(frozen=True)
class LateRecord:
    """What the policy makes of one submission.

    days_late   begun days after the grace     free_days   of them paid with free days
    percent     taken off for the others       free_days_left   after this submission, in the order of due dates
    points      that percentage takes off as the gradebook stands
    """

    assignment: str
    seconds_late: float
    days_late: int = 0
    free_days: int = 0
    percent: float = 0.0
    free_days_left: int = 0
    points: float = 0.0

    @property
    def sentence(self) -> str:
        """What the student reads; empty for a submission in time."""
        if self.seconds_late <= 0:
            return ""
        if not self.days_late:
            return f"Handed in {_span(self.seconds_late)} late, within the time of grace: nothing is taken off."
        late = f"Handed in {_days(self.days_late)} late"
        used = f"{_days(self.free_days, 'free late ')} spent, {self.free_days_left} left this term"
        off = f"{self.percent:g} % are taken off, {self.points:.4g} points"
        if not self.percent:
            return f"{late}: {used}; nothing is taken off." if self.free_days else f"{late}: nothing is taken off."
        return f"{late}: {used}; for the rest {off}." if self.free_days else f"{late}: {off}."


class LateDays(LateSubmissionPlugin):
    """Late days. Name it as `c.AssignLatePenalties.plugin_class` in nbgrader_config.py."""

    grace_minutes = Float(0.0, min=0.0, help="Minutes after the due time, and after every late day, that cost nothing.")
    grace_minutes.tag(config=True)
    free_days = Integer(0, min=0, help="Late days a term that cost a student nothing.").tag(config=True)
    percent_a_day = Float(10.0, min=0.0, max=100.0, help="What every other late day takes off.").tag(config=True)
    most_percent = Float(100.0, min=0.0, max=100.0, help="What lateness takes off at most.").tag(config=True)
    percent_of = Enum(
        ["score", "maximum"],
        "score",
        help=dedent(
            """
            Of what the percentage is taken: of the points that the submission got, or of those it could have got
            (never more than it got).
            """
        ),
    ).tag(config=True)
    without_free_days = List(Unicode(), help="Assignments on which free days cannot be spent.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """nbgrader asks this at each grading of a late notebook. Brings the student's other penalties along, too."""
        step = self.parent
        if not isinstance(step, AssignLatePenalties):  # asked by itself: this submission is all that is known
            percent = self._record("", total_seconds_late, self.free_days).percent
            return round(score * percent / 100, 4)
        record = record_of(step.gradebook, self, step.assignment_id, student_id)
        notebook = step.gradebook.find_submission_notebook(step.notebook_id, step.assignment_id, student_id)
        settle(step.gradebook, self, [student_id], commit=False)
        return self.penalty(record, score, float(notebook.max_score)) if record else None

    def penalty(self, record: LateRecord, score: float, max_score: float) -> float:
        """Points that a notebook loses."""
        base = max_score if self.percent_of == "maximum" else score
        return round(min(max(score, 0.0), base * record.percent / 100), 4)

    def days_late(self, seconds_late: float) -> int:
        """Begun days after the grace."""
        return math.ceil(max(0.0, seconds_late - 60 * self.grace_minutes) / DAY)

    def records(self, submissions: Iterable[SubmittedAssignment]) -> list[LateRecord]:
        """What the policy makes of a student's submissions, in the order of due dates."""
        dated = [one for one in submissions if one.assignment.duedate is not None]
        left, found = self.free_days, []
        for one in sorted(dated, key=lambda one: (one.assignment.duedate, one.assignment.name)):
            name = one.assignment.name
            record = self._record(name, float(one.total_seconds_late), 0 if name in self.without_free_days else left)
            left -= record.free_days
            points = sum(self.penalty(record, float(n.score), float(n.max_score)) for n in one.notebooks)
            found.append(
                LateRecord(name, record.seconds_late, record.days_late, record.free_days, record.percent, left, points)
            )
        return found

    def _record(self, assignment: str, seconds_late: float, free: int) -> LateRecord:
        days = self.days_late(seconds_late)
        spent = min(days, free)
        percent = min(self.most_percent, (days - spent) * self.percent_a_day)
        return LateRecord(assignment, seconds_late, days, spent, percent)


def policy_of(config: Config) -> LateDays | None:
    """The course's late policy; None where nbgrader_config.py names none, or another plugin."""
    chosen = config.AssignLatePenalties.get("plugin_class")
    chosen = import_item(chosen) if isinstance(chosen, str) else chosen
    return chosen(config=config) if isinstance(chosen, type) and issubclass(chosen, LateDays) else None


def record_of(gradebook: Gradebook, policy: LateDays, assignment: str, student: str) -> LateRecord | None:
    """What the policy makes of one submission; None where there is no such submission, or no due date."""
    try:
        submissions = gradebook.find_student(student).submissions
    except MissingEntry:
        return None
    return next((one for one in policy.records(submissions) if one.assignment == assignment), None)


def late_days_of(course: Course, assignment: str, student: str) -> LateRecord | None:
    """What the course's policy makes of one submission; None where there is no policy, submission or due date."""
    policy = policy_of(course.config)
    if policy is None:
        return None
    with course.gradebook() as gradebook:
        return record_of(gradebook, policy, assignment, student)


def settle(
    gradebook: Gradebook, policy: LateDays, students: Iterable[str] | None = None, commit: bool = True
) -> list[str]:
    """Bring the penalties in the gradebook up to date. Returns STUDENT/ASSIGNMENT of those that changed."""
    changed = []
    chosen = gradebook.students if students is None else [gradebook.find_student(name) for name in students]
    for student in chosen:
        by_name = {one.assignment.name: one for one in student.submissions}
        for record in policy.records(student.submissions):
            for notebook in by_name[record.assignment].notebooks:
                wanted = policy.penalty(record, float(notebook.score), float(notebook.max_score))
                if abs(wanted - (notebook.late_submission_penalty or 0.0)) > 1e-9:
                    notebook.late_submission_penalty = wanted or None
                    changed.append(f"{student.id}/{record.assignment}")
    if commit and changed:
        gradebook.db.commit()
    return list(dict.fromkeys(changed))


def settle_course(course: Course) -> list[str]:
    """The same for a course; nothing where it has no policy of ours."""
    policy = policy_of(course.config)
    if policy is None:
        return []
    with course.gradebook() as gradebook:
        return settle(gradebook, policy)


def _days(count: int, kind: str = "") -> str:
    return f"{count} {kind}day{'' if count == 1 else 's'}"


def _span(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = math.ceil(seconds / 3600)
    return f"{hours} hours"
