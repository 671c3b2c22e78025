"""Grade a class: every submission whole or not at all, never an old grade for a new failure, nothing done twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from gradus_staff.course import Course, CourseError
from gradus_staff.execute import SandboxError, require_sandbox
from gradus_staff.farm.crew import Alone, Crew
from gradus_staff.farm.lock import grading_lock
from gradus_staff.farm.pack import Pack, make_pack
from gradus_staff.farm.parcel import Parcel, read_parcel
from gradus_staff.farm.record import forget, is_current, read_record, save_record
from gradus_staff.farm.run import hand_out
from gradus_staff.farm.writer import Writer
from gradus_staff.results import Graded, graded_before

__all__ = ["Graded", "Onlooker", "grade_class", "sandbox_of"]


class Onlooker:
    """Is told what happens; override what is of interest."""

    def begins(self, students: int) -> None:
        """So many submissions will be looked at."""

    def starts(self, student: str) -> None:
        """A submission is handed to a worker."""

    def ends(self, graded: Graded, is_new: bool) -> None:
        """A submission is graded, or was before."""

    def waits(self, sentence: str) -> None:
        """Somebody else is grading in this course."""


def grade_class(
    course: Course,
    assignment: str,
    students: Iterable[str] | None = None,
    crew: Crew | None = None,
    onlooker: Onlooker | None = None,
    resume: bool = False,
) -> list[Graded]:
    """Grade everybody who submitted, or the students named; the results in the order of names.

    crew    who does the work (gradus_staff.farm.crew); None: this process
    resume  leave out what is graded already, from the same submission, key, notebook, configuration and versions

    Raises CourseError before anybody is graded, and later only where a cluster is lost; what is graded then is saved.
    """
    onlooker, crew = onlooker or Onlooker(), crew or Alone()
    if crew.is_here and sandbox_of(course) != "none":
        try:
            require_sandbox()
        except SandboxError as error:
            raise CourseError(str(error)) from error
    chosen = _chosen(course, assignment, students)
    with grading_lock(course, assignment, onlooker.waits), Writer(course, assignment) as writer:
        onlooker.begins(len(chosen))
        pack = make_pack(course, assignment)
        results: dict[str, Graded] = {}
        digests: dict[str, str] = {}

        def parcels() -> Iterator[Parcel]:
            ignore = course.directory(assignment).ignore
            for student in chosen:
                parcel = read_parcel(course.folder("submitted", student, assignment), student, assignment, ignore)
                digests[student] = parcel.digest()
                content = _content(pack, digests[student], writer.due(student))
                is_known = student in writer.graded_students()
                if resume and is_known and is_current(course, assignment, student, content):
                    results[student] = _as_before(course, assignment, student)
                    onlooker.ends(results[student], is_new=False)
                else:
                    yield parcel

        for outcome in hand_out(crew, pack, parcels(), onlooker.starts):
            forget(course, assignment, outcome.student)
            graded = writer.write(outcome)
            save_record(course, graded, _content(pack, digests[outcome.student], writer.due(outcome.student)))
            results[outcome.student] = graded
            onlooker.ends(graded, is_new=True)
    return [results[student] for student in chosen]


def sandbox_of(course: Course) -> str:
    """What the course's configuration says about the sandbox."""
    return str(course.config.Execute.get("sandbox", "bubblewrap"))


def _chosen(course: Course, assignment: str, students: Iterable[str] | None) -> list[str]:
    course.require_assignment(assignment)
    submitted = course.students(assignment)
    chosen = submitted if students is None else list(dict.fromkeys(students))
    if unknown := sorted(set(chosen) - set(submitted)):
        raise CourseError(f"no submission of {assignment} by: {', '.join(unknown)}")
    if not chosen:
        raise CourseError(f"nobody has submitted {assignment}; submissions belong into submitted/STUDENT/{assignment}/")
    return chosen


def _content(pack: Pack, parcel_digest: str, due: str) -> str:
    """A digest of all that a verdict and its points follow from."""
    return hashlib.sha256("\0".join((pack.digest, parcel_digest, due)).encode()).hexdigest()


def _as_before(course: Course, assignment: str, student: str) -> Graded:
    graded = graded_before(course, assignment, student)
    record = read_record(course, assignment, student)
    graded.seconds = record.seconds if record else 0.0
    return graded
