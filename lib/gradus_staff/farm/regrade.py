"""Judge one question anew from what was observed: the key has changed, and no student's code need run again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from gradus.judging import Verdict
from gradus_staff.answer_key import find_key
from gradus_staff.blueprint import Blueprint, SourceCell, load_blueprint
from gradus_staff.course import Course, CourseError
from gradus_staff.farm.lock import grading_lock
from gradus_staff.farm.writer import Writer
from gradus_staff.judge import judge
from gradus_staff.observed import digest_of, read_observed
from gradus_staff.secret import course_secret, generator
from gradus_staff.student import student_of
from gradus_staff.verdict_cell import replace_verdict

__all__ = ["Change", "Regraded", "regrade"]


@dataclass(frozen=True)
class Change:
    """Whose points changed, and why."""

    student: str
    before: float
    after: float
    max_points: float
    why: str


@dataclass
class Regraded:
    """What judging anew has changed. not_judged: a sentence for everybody whose answer could not be judged anew."""

    judged: int = 0
    changes: list[Change] = field(default_factory=list)
    not_judged: list[str] = field(default_factory=list)


def regrade(
    course: Course,
    assignment: str,
    question: str,
    students: Iterable[str] | None = None,
    on_wait: Callable[[str], None] = print,
) -> Regraded:
    """Judge a question (its name or its grade id) anew for everybody graded, or for the students named.

    Scores, comments and marks given by hand stay; a cell with such a mark waits for a person where its points change.
    Raises CourseError where no assignment, question or student has that name.
    """
    course.require_assignment(assignment)
    asked = _asked(course, assignment, question)
    graded = [name for name in course.students(assignment) if course.folder("autograded", name, assignment).is_dir()]
    chosen = graded if students is None else list(dict.fromkeys(students))
    if unknown := sorted(set(chosen) - set(graded)):
        raise CourseError(f"not graded yet: {', '.join(unknown)}; run: gradus grade {assignment}")
    report = Regraded()
    with grading_lock(course, assignment, on_wait), Writer(course, assignment) as writer:
        for student in chosen:
            for blueprint, source in asked:
                _judge_anew(course, writer, blueprint, source, student, report)
    return report


def _asked(course: Course, assignment: str, question: str) -> list[tuple[Blueprint, SourceCell]]:
    """The graded cells that ask the question."""
    with course.gradebook() as gradebook:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
    blueprints = [load_blueprint(course.db_url, assignment, name) for name in names]
    cells = [(blueprint, source) for blueprint in blueprints for source in blueprint.questions.values()]
    found = [(b, source) for b, source in cells if question in (source.question, source.grade_id)]
    if not found:
        known = ", ".join(str(source.question) for _, source in cells) or "none that is judged"
        raise CourseError(f"{assignment} has no question {question!r}; it has {known}")
    return found


def _judge_anew(
    course: Course, writer: Writer, blueprint: Blueprint, source: SourceCell, student: str, report: Regraded
) -> None:
    folder = course.folder("autograded", student, blueprint.assignment)
    path = folder / f"{blueprint.notebook}.ipynb"
    try:
        verdict = _verdict(course, blueprint, source, student, folder)
        notebook = nbformat.read(path, as_version=4)
        cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == source.grade_id)
        before = replace_verdict(cell, blueprint.notebook, verdict)
    except (OSError, ValueError, LookupError, StopIteration) as error:
        reason = str(error.args[0] if error.args else "the autograded notebook has no such cell")
        again = f"gradus grade {blueprint.assignment} --force --student {student}"
        report.not_judged.append(f"{student}: {reason}. Grade it in full: {again}")
        return
    _write_whole(path, nbformat.writes(notebook) + "\n")
    writer.rescore(student, blueprint.notebook, source.grade_id, verdict.points)
    report.judged += 1
    if abs(before["points"] - verdict.points) > 1e-9:
        change = Change(student, before["points"], verdict.points, verdict.max_points, _why(before, verdict))
        report.changes.append(change)


def _verdict(course: Course, blueprint: Blueprint, source: SourceCell, student: str, folder: Path) -> Verdict:
    """The key's verdict on what was observed. ValueError where there is nothing to judge, LookupError without a key."""
    assert source.question and source.points is not None
    answer = read_observed(folder, blueprint.notebook).answers.get(source.grade_id)
    if answer is None:
        raise ValueError("no answer was observed, so there is nothing to judge")
    reader = student_of(blueprint, student, course.db_url, course.root)
    key = find_key(blueprint.notebook, source.question).for_student(reader)
    secret = course_secret(course.root)
    names = (blueprint.assignment, blueprint.notebook, source.question, student)
    cases = list(key.cases(generator(secret, *names)))
    if digest_of(cases) != answer.cases:
        raise ValueError("the key asks other cases than the student's code was asked")
    verdict = judge(key, cases, answer.observations, source.points, answer.seconds)
    return replace(verdict, notes=(*verdict.notes, *answer.notes))


def _why(before: dict[str, Any], after: Verdict) -> str:
    """What is different between two verdicts, for the instructor."""
    met = {one["name"]: bool(one["passed"]) for one in before.get("criteria", [])}
    weights = {one["name"]: float(one["weight"]) for one in before.get("criteria", [])}
    now = {one.name: one.passed for one in after.criteria}
    parts = [
        ("now met", [name for name, passed in now.items() if passed and not met.get(name, passed)]),
        ("no longer met", [name for name, passed in now.items() if not passed and met.get(name, passed)]),
        ("new", [name for name in now if name not in met]),
        ("gone", [name for name in met if name not in now]),
        ("worth something else", [c.name for c in after.criteria if weights.get(c.name, c.weight) != c.weight]),
    ]
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names) or after.message


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    draft.write_text(text, encoding="utf-8")
    draft.chmod(path.stat().st_mode & 0o777)
    os.replace(draft, path)
