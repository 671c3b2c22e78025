"""The one who writes: outcomes into the gradebook, in one transaction each, and autograded files, whole or not at all.

What nbgrader's autograde would have written stands there afterwards. Points and comments given by hand are never lost.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde
from traitlets.utils.importstring import import_item

from gradus_staff.course import Course
from gradus_staff.farm.outcome import Outcome, Scored
from gradus_staff.farm.pack import is_late_step
from gradus_staff.farm.transaction import one_transaction
from gradus_staff.results import Graded

__all__ = ["Writer"]


class Writer:
    """Writes the outcomes of one assignment. A context manager, which keeps the gradebook open."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self._autograde = Autograde(coursedir=course.directory(assignment), config=course.config)
        self._late = self._late_step()

    def __enter__(self) -> Writer:
        self._gradebook: Gradebook = self.course.gradebook()
        self._gradebook.db().expire_on_commit = False
        self._cells = self._load_cells()
        return self

    def _load_cells(self) -> list[Any]:
        """The assignment's notebooks and cells: while they are held, they are not read anew for each submission."""
        notebooks = self._gradebook.find_assignment(self.assignment).notebooks
        cells = [[n.grade_cells, n.solution_cells, n.task_cells] for n in notebooks]
        return [*notebooks, *cells]

    def __exit__(self, *exception: object) -> None:
        self._gradebook.close()

    def due(self, student: str) -> str:
        """When the student's submission is due, as text: penalties depend on it."""
        return str(self._due().get(student, self._assignment_due))

    def graded_students(self) -> set[str]:
        """Who has a submission in the gradebook."""
        return set(self._due())

    def _due(self) -> dict[str, Any]:
        if not hasattr(self, "_dues"):
            entry = self._gradebook.find_assignment(self.assignment)
            self._assignment_due = entry.duedate
            self._dues = {one.student_id: one.duedate for one in entry.submissions}
            self._gradebook.db.expire(entry, ["submissions"])  # what others write meanwhile is to be seen
        return self._dues

    def write(self, outcome: Outcome) -> Graded:
        """Write one outcome, and say what stands in the gradebook now."""
        draft = self._draft(outcome)
        with one_transaction(self._gradebook):
            submission = self._submission(outcome.student)
            if outcome.problem:
                _score_nothing(submission)
            for scored in outcome.notebooks:
                _score(submission, scored)
            self._gradebook.db.flush()
            if not outcome.problem:
                self._penalise(submission)
            graded = _graded(submission, outcome)
        self._put(draft, outcome.student)
        return graded

    def rescore(self, student: str, notebook: str, grade_id: str, points: float) -> None:
        """Give one cell other points. One that was marked by hand keeps its mark, and waits for a person to look."""
        with one_transaction(self._gradebook):
            submission = self._gradebook.find_submission(self.assignment, student)
            grade = self._gradebook.find_grade(grade_id, notebook, self.assignment, student)
            if grade.auto_score != points:
                grade.auto_score = points
                grade.needs_manual_grade = grade.manual_score is not None
                self._gradebook.db.flush()
                self._penalise(submission)

    def _submission(self, student: str) -> SubmittedAssignment:
        """The student's submission in the gradebook, with the time at which it was handed in."""
        if self._autograde.create_student:
            self._gradebook.update_or_create_student(student)
        folder = self.course.folder("submitted", student, self.assignment)
        timestamp = self.course.directory(self.assignment, student).get_existing_timestamp(str(folder))
        known = {"timestamp": timestamp} if timestamp else {}
        with self._gradebook.db.no_autoflush:
            submission = self._gradebook.update_or_create_submission(self.assignment, student, **known)
        self._gradebook.db.refresh(submission)  # somebody may have given more time since it was read
        return submission

    def _late_step(self) -> Any:
        """The step that takes points off for being late, or None where the course has none."""
        for step in self._autograde.autograde_preprocessors:
            if is_late_step(step):
                made = (import_item(step) if isinstance(step, str) else step)(config=self.course.config)
                made.init_plugin()
                return made
        return None

    def _penalise(self, submission: SubmittedAssignment) -> None:
        """As nbgrader's step does it, but in this transaction."""
        if self._late is None:
            return
        step: Any = self._late
        step.gradebook, step.db_url = self._gradebook, self.course.db_url
        step.assignment_id, step.student_id = self.assignment, submission.student_id
        for notebook in submission.notebooks:
            step.notebook_id = notebook.name
            notebook.late_submission_penalty = None
            late = submission.total_seconds_late
            if late <= 0:
                continue
            self._gradebook.db.flush()
            penalty = step.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = step._check_late_penalty(notebook, penalty)

    def _draft(self, outcome: Outcome) -> Path | None:
        """The autograded files in a folder beside the one where they belong."""
        goal = self.course.folder("autograded", outcome.student, self.assignment)
        for leftover in (_beside(goal, "draft"), _beside(goal, "old")):
            shutil.rmtree(leftover, ignore_errors=True)
        if outcome.problem:
            return None
        draft = _beside(goal, "draft")
        for name, (content, mode) in outcome.files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
        draft.mkdir(parents=True, exist_ok=True)
        return draft

    def _put(self, draft: Path | None, student: str) -> None:
        goal = self.course.folder("autograded", student, self.assignment)
        old = _beside(goal, "old")
        if goal.is_dir():
            os.rename(goal, old)
        if draft is not None:
            os.rename(draft, goal)
            if self._autograde.coursedir.groupshared:
                self._autograde.set_permissions(self.assignment, student)
        shutil.rmtree(old, ignore_errors=True)


def _beside(goal: Path, what: str) -> Path:
    return goal.with_name(f".{goal.name}.{what}")


def _score(submission: SubmittedAssignment, scored: Scored) -> None:
    try:
        notebook = next(one for one in submission.notebooks if one.name == scored.notebook)
    except StopIteration:
        raise MissingEntry(f"the gradebook has no notebook {scored.notebook}") from None
    for grade in notebook.grades:
        if (found := scored.grades.get(grade.name)) is not None:
            marked = grade.manual_score is not None and not scored.is_missing
            grade.auto_score = found.points
            grade.needs_manual_grade = found.needs_manual_grade or marked
    for comment in notebook.comments:
        if comment.name in scored.comments:
            comment.auto_comment = scored.comments[comment.name]


def _score_nothing(submission: SubmittedAssignment) -> None:
    """A failed grading leaves no earlier score standing; what a person has marked stays."""
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score = 0.0
            grade.needs_manual_grade = grade.manual_score is not None


def _graded(submission: SubmittedAssignment, outcome: Outcome) -> Graded:
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    graded = Graded(outcome.student, outcome.assignment, seconds=outcome.seconds, questions=list(outcome.verdicts))
    if outcome.problem or outcome.unreadable:
        graded.status = "failed"
        graded.message = f"{outcome.student}/{outcome.assignment}: {outcome.problem or outcome.unreadable}"
    graded.sandbox = next((str(one["sandbox"]) for one in graded.questions if one.get("sandbox")), "")
    graded.points = sum(
        (g.auto_score or 0.0 if g.manual_score is None else g.manual_score) + (g.extra_credit or 0.0) for g in grades
    )
    graded.max_points = sum(float(grade.cell.max_score) for grade in grades)
    graded.needs_manual_grade = any(grade.needs_manual_grade for grade in grades)
    return graded
