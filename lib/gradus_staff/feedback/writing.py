"""Feedback pages for a class, in parallel; what fails for one student is a sentence, and the others get their pages."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from nbgrader.converters import GenerateFeedback

from gradus_staff.course import Course, CourseError

__all__ = ["Written", "write_class", "write_feedback"]

NOT_FOR_STUDENTS = "*.observations.json"
"""Files beside an autograded notebook that stay there."""
_PAGES_A_PROCESS = 8
"""A process needs some seconds to start; below this many pages another one is not worth it."""

_IMPORTED_ONCE = ["gradus_staff.feedback.writing", "gradus_staff.feedback.exporter", "gradus.widgets"]


@dataclass(frozen=True)
class Written:
    """What became of one student's page; `problem` is one sentence, empty where the page is there."""

    student: str
    problem: str = ""


def write_class(
    course: Course,
    assignment: str,
    students: Iterable[str] | None = None,
    jobs: int | None = None,
    on_written: Callable[[Written], None] = lambda written: None,
) -> list[Written]:
    """Write the pages of everybody who was graded, or of the students named. CourseError where there are none.

    jobs  processes; None: as many as there are cores, and pages to write
    """
    graded = {folder.parent.name for folder in _autograded(course, assignment)}
    submitted = set(course.students(assignment))
    chosen = sorted(graded | submitted) if students is None else list(dict.fromkeys(students))
    if unknown := sorted(set(chosen) - graded - submitted):
        raise CourseError(f"no submission of {assignment} by: {', '.join(unknown)}")
    if not graded & set(chosen):
        raise CourseError(f"no submission of {assignment} is graded yet; run: gradus grade {assignment}")
    waiting = [student for student in chosen if student not in graded]
    found = [Written(one, f"{one}/{assignment}: not graded yet; run gradus grade {assignment}") for one in waiting]
    for written in found:
        on_written(written)
    todo = [student for student in chosen if student in graded]
    jobs = jobs or max(1, min(os.cpu_count() or 1, len(todo) // _PAGES_A_PROCESS))
    for written in _one_by_one(course, assignment, todo) if jobs == 1 else _parallel(course, assignment, todo, jobs):
        found.append(written)
        on_written(written)
    return sorted(found, key=lambda written: chosen.index(written.student))


def write_feedback(course: Course, assignment: str, student: str) -> Written:
    """One student's page, by nbgrader's own converter, so that files are as nbgrader's."""
    config = course.config
    config.GenerateFeedback.setdefault("exporter_class", "gradus_staff.feedback.FeedbackExporter")
    directory = course.directory(assignment, student)
    directory.ignore = [*directory.ignore, NOT_FOR_STUDENTS]
    converter = GenerateFeedback(coursedir=directory, config=config)
    converter.force = True
    converter.log, complaints = _listening_log()
    try:
        converter.start()
    except (Exception, SystemExit) as error:  # the files of a submission may be anything
        reason = complaints.last_line or str(error).strip() or type(error).__name__
        return Written(student, f"{student}/{assignment}: no feedback page: {reason}")
    return Written(student)


def _autograded(course: Course, assignment: str) -> list[Path]:
    folder = course.folder("autograded", "*", assignment)
    return [one for one in folder.parent.parent.glob(f"*/{assignment}") if one.is_dir()]


def _one_by_one(course: Course, assignment: str, students: list[str]) -> Iterable[Written]:
    return (write_feedback(course, assignment, student) for student in students)


def _parallel(course: Course, assignment: str, students: list[str], jobs: int) -> Iterable[Written]:
    """The same in several processes, copies of one that has imported everything and does nothing else."""
    done = set()
    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["gradus_staff.feedback.writing", "gradus_staff.feedback.exporter", "gradus.widgets"]
    )
    with ProcessPoolExecutor(jobs, context, _start_worker, (course.root,)) as pool:
        futures = {pool.submit(_in_worker, assignment, student): student for student in students}
        for future in as_completed(futures):
            try:
                yield future.result()
                done.add(futures[future])
            except BrokenProcessPool:
                break
    for student in students:
        if student not in done:
            text = "the process that wrote the page was ended from outside; try again with --jobs 1"
            yield Written(student, f"{student}/{assignment}: no feedback page: {text}")


_course: Course | None = None
"""In a worker process: the course, read once."""


def _start_worker(root: Path) -> None:
    global _course
    logging.getLogger("gradus").setLevel(logging.CRITICAL)
    _course = Course(root)


def _in_worker(assignment: str, student: str) -> Written:
    assert _course is not None, "the pool starts every worker with _start_worker"
    return write_feedback(_course, assignment, student)


class _Complaints(logging.Handler):
    """Keeps the last line of what nbgrader reports as an error: that of the traceback comes first."""

    last_line = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Traceback"):
            self.last_line = text.splitlines()[-1]


def _listening_log() -> tuple[logging.Logger, _Complaints]:
    log = logging.Logger("feedback", logging.ERROR)
    complaints = _Complaints()
    log.addHandler(complaints)
    return log, complaints
