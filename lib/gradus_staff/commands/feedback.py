"""`gradus feedback`: a page for everybody who was graded."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console, errors

__all__ = ["feedback"]


def feedback(
    assignment: str,
    student: Annotated[list[str] | None, typer.Option(help="Write only this student's; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; otherwise as many as are of use.")] = None,
    course: CourseOption = HERE,
) -> None:
    """Write feedback pages: feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html, as nbgrader does, for a class in parallel."""
    from gradus_staff.course import Course
    from gradus_staff.feedback.writing import write_class
    from gradus_staff.late import settle_course

    opened = Course(course)
    for changed in settle_course(opened):
        console.print(f"late days: the penalty of {escape(changed)} is up to date now")
    started = time.monotonic()
    with console.status(f"Writing feedback on {assignment}"):
        pages = write_class(opened, assignment, student, jobs)
    failed = [page for page in pages if page.problem]
    seconds = time.monotonic() - started
    console.print(f"{len(pages) - len(failed)} of {len(pages)} feedback pages written in {seconds:.1f} s.")
    for page in failed:
        errors.print(f"[red]no feedback:[/] {escape(page.problem)}", soft_wrap=True)
    raise typer.Exit(1 if failed else 0)
