"""Read a graded class from its course: verdicts from the notebooks, points and lateness from the gradebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradus.question import find_question
from gradus_staff.blueprint import Blueprint, load_blueprint
from gradus_staff.course import Course, CourseError
from gradus_staff.farm.record import read_record
from gradus_staff.report.attention import reasons_of
from gradus_staff.report.record import Answer, ClassRecord, Question, Reason, Submission
from gradus_staff.results import verdicts_of
from gradus_staff.submission import read_submission

__all__ = ["gather"]

_Cell = tuple[str, str]  # notebook, grade id


@dataclass(frozen=True)
class _Mark:
    """What the gradebook has for one cell."""

    points: float
    max_points: float
    is_waiting: bool
    is_by_hand: bool
    is_automatic: bool


@dataclass
class _Entry:
    """What the gradebook has for one student."""

    seconds_late: float = 0.0
    penalty: float = 0.0
    marks: dict[_Cell, _Mark] = field(default_factory=dict)


def gather(course: Course, assignment: str, on_read: Callable[[str], None] = lambda student: None) -> ClassRecord:
    """Everything that is known of a class. CourseError where the assignment is not released, or nobody is graded."""
    course.require_assignment(assignment)
    entries = _entries(course, assignment)
    if not entries:
        raise CourseError(f"nobody's {assignment} has been graded yet; run: gradus grade {assignment}")
    blueprints = _blueprints(course, assignment)
    questions = _questions(blueprints)
    submissions = []
    for student in sorted({*entries, *course.students(assignment)}):
        on_read(student)
        if student in entries and not _is_unfinished(entries[student], questions):
            submissions.append(_submission(course, assignment, student, entries[student], blueprints, questions))
        else:
            reason = Reason("not graded", "The submission is there, but has not been graded, or not to its end.")
            submissions.append(Submission(student, "not graded", 0.0, 0.0, reasons=(reason,)))
    return ClassRecord(assignment, tuple(questions.values()), tuple(submissions))


def _entries(course: Course, assignment: str) -> dict[str, _Entry]:
    """By student; those without any mark (enrolled, but nothing graded) are left out."""
    found: dict[str, _Entry] = {}
    with course.gradebook() as gradebook:
        for submission in gradebook.find_assignment(assignment).submissions:
            entry = _Entry(float(submission.total_seconds_late))
            for notebook in submission.notebooks:
                entry.penalty += float(notebook.late_submission_penalty or 0.0)
                for grade in notebook.grades:
                    automatic = grade.auto_score if grade.manual_score is None else grade.manual_score
                    entry.marks[notebook.name, grade.name] = _Mark(
                        points=float(automatic or 0.0) + float(grade.extra_credit or 0.0),
                        max_points=float(grade.cell.max_score),
                        is_waiting=bool(grade.needs_manual_grade),
                        is_by_hand=grade.manual_score is not None,
                        is_automatic=grade.auto_score is not None,
                    )
            if entry.marks:
                found[submission.student_id] = entry
    return found


def _is_unfinished(entry: _Entry, questions: Mapping[_Cell, Question]) -> bool:
    """Has a question that no person marks no points yet? Then grading was cut off, or goes on at this moment."""
    return any(
        mark.is_waiting and not mark.is_by_hand and not mark.is_automatic
        for cell, mark in entry.marks.items()
        if cell in questions and not questions[cell].is_prose
    )


def _blueprints(course: Course, assignment: str) -> dict[str, Blueprint]:
    with course.gradebook() as gradebook:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
    return {name: load_blueprint(course.db_url, assignment, name) for name in names}


def _questions(blueprints: Mapping[str, Blueprint]) -> dict[_Cell, Question]:
    """The graded cells in the order of the notebooks."""
    found = {}
    for notebook, blueprint in blueprints.items():
        for grade_id, cell in blueprint.cells.items():
            if cell.points is not None:
                label = grade_id if len(blueprints) == 1 else f"{notebook}/{grade_id}"
                title = _title(notebook, cell.question) if cell.question else ""
                is_prose = cell.is_solution or cell.is_task
                found[notebook, grade_id] = Question(label, title, cell.points, is_prose)
    return found


def _title(notebook: str, question: str) -> str:
    try:
        return find_question(notebook, question).title
    except LookupError:
        return ""


def _submission(
    course: Course,
    assignment: str,
    student: str,
    entry: _Entry,
    blueprints: Mapping[str, Blueprint],
    questions: Mapping[_Cell, Question],
) -> Submission:
    found, unreadable = verdicts_of(course, assignment, student)
    verdicts = {(one.get("notebook", ""), one.get("grade_id", "")): one for one in found}
    answers = [
        _answer(question, mark, verdicts.get(cell, {}))
        for cell, question in questions.items()
        if (mark := entry.marks.get(cell))
    ]
    problem = unreadable or _problem(course, assignment, student)
    if problem:
        reasons = [Reason("nothing judged", problem)]
    else:
        waiting = [answer.question for answer in answers if answer.status == "waiting"]
        sandbox = next((str(one["sandbox"]) for one in found if one.get("sandbox")), "")
        reasons = reasons_of(found, _notes(course, assignment, student, blueprints), sandbox, waiting)
    record = read_record(course, assignment, student)
    return Submission(
        student,
        "not judged" if problem else "judged",
        sum(mark.points for mark in entry.marks.values()),
        sum(question.max_points for question in questions.values()),
        tuple(answers),
        tuple(reasons),
        record.seconds if record else 0.0,
        entry.seconds_late,
        entry.penalty,
    )


def _problem(course: Course, assignment: str, student: str) -> str:
    """Why a submission that is in the gradebook left no graded notebook, as a sentence; empty where it left one."""
    if course.folder("autograded", student, assignment).is_dir():
        return ""
    if any(course.folder("submitted", student, assignment).glob("*.ipynb")):
        return "Grading failed and left no notebook; grade it again to see why."
    return "There is no notebook in the submission."


def _answer(question: Question, mark: _Mark, verdict: Mapping[str, Any]) -> Answer:
    """The points are the gradebook's, so that a mark given by hand counts; the rest is the judge's."""
    status = str(verdict.get("status", ""))
    if mark.is_waiting:
        status = "waiting"
    elif mark.is_by_hand or not status:
        status = "passed" if mark.points >= mark.max_points else "partly" if mark.points > 0 else "failed"
    was_asked = bool(verdict) and verdict.get("status") != "not judged"
    return Answer(
        question.label,
        mark.max_points,
        None if status == "waiting" else mark.points,
        status,
        tuple(map(str, verdict.get("misconceptions", ()))),
        tuple((str(c["name"]), bool(c["passed"])) for c in verdict.get("criteria", ()) if not c.get("bonus")),
        float(verdict["seconds"]) if was_asked else None,
    )


def _notes(course: Course, assignment: str, student: str, blueprints: Mapping[str, Blueprint]) -> dict[str, list[str]]:
    """What had to be mended in the submitted files; they are read as grading reads them, and nothing is run."""
    notes: dict[str, list[str]] = {}
    folder = course.folder("submitted", student, assignment)
    for name, blueprint in blueprints.items():
        path = folder / f"{name}.ipynb"
        if blueprint.is_gradus and path.is_file():
            for grade_id, own in read_submission(path, blueprint).notes.items():
                notes.setdefault(grade_id, []).extend(own)
    return notes
