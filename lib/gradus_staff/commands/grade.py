"""`gradus grade`: grade the submissions of an assignment."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, Sandboxes, console, errors

if TYPE_CHECKING:
    from gradus_staff.farm.crew import Crew
    from gradus_staff.results import Graded

__all__ = ["grade"]


def grade(
    assignment: str,
    student: Annotated[list[str] | None, typer.Option(help="Grade only this student; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at once; as many as cores by default.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--force", help="Leave out what is graded and unchanged, or grade everybody.")
    ] = True,
    question: Annotated[
        str | None, typer.Option(help="Judge one question anew from what was observed, without running anything.")
    ] = None,
    course: CourseOption = HERE,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every verdict to this file.")] = None,
    add_missing_cells: Annotated[
        bool, typer.Option(help="Put graded cells back that a student has deleted, and judge them.")
    ] = False,
    sandbox: Annotated[
        Sandboxes | None, typer.Option(help="Where students' code runs; none: with all that you may read and write.")
    ] = None,
) -> None:
    """Grade the submissions of an assignment."""
    if question:
        _regrade(course, assignment, question, student)
        return
    crew = _crew(jobs, scheduler)  # first: workers begin while we go on
    from gradus_staff.course import Course
    from gradus_staff.grading import grade_class, sandbox_of

    opened = Course(course)
    if add_missing_cells:
        opened.config.OverwriteCells.add_missing_cells = True
    if sandbox:
        opened.config.Execute.sandbox = sandbox.value
    started = time.monotonic()
    with _progress() as onlooker:
        results = grade_class(opened, assignment, student, crew, onlooker, resume)
    seconds = time.monotonic() - started
    if json_file:
        data = {
            "assignment": assignment,
            "seconds": seconds,
            "sandbox": sandbox_of(opened),
            "submissions": [asdict(graded) for graded in results],
        }
        json_file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    failed = [graded for graded in results if graded.status == "failed"]
    console.print(f"{len(results) - len(failed)} of {len(results)} submissions graded in {seconds:.1f} s.")
    if onlooker.unchanged:
        console.print(
            f"{onlooker.unchanged} of them were graded before and have not changed (--force grades them too)."
        )
    if sandbox_of(opened) == "none":
        errors.print("[yellow]without a sandbox:[/] the submissions could read and write whatever you can.")
    for graded in failed:
        errors.print(f"[red]not graded:[/] {escape(graded.message)}", soft_wrap=True)
    raise typer.Exit(1 if failed else 0)


def _crew(jobs: int | None, scheduler: str | None) -> Crew:
    from gradus_staff.farm.crew import Here, cores

    if scheduler:
        from gradus_staff.farm.cluster import Cluster

        if jobs:
            raise typer.BadParameter("the cluster decides how many submissions are graded at once", param_hint="--jobs")
        return Cluster(scheduler, on_wait=lambda sentence: console.print(escape(sentence), soft_wrap=True))
    return Here(jobs or cores())


def _progress() -> Any:
    """A bar with rate, time left and who is being graded; on no terminal, a line a submission."""
    from gradus_staff.farm.progress import Progress

    return Progress(console)


def _regrade(course: Path, assignment: str, question: str, students: list[str] | None) -> None:
    from gradus_staff.course import Course
    from gradus_staff.farm.regrade import regrade

    report = regrade(Course(course), assignment, question, students)
    for change in report.changes:
        console.print(
            f"{change.student:20} {change.before:6.2f} → {change.after:6.2f} of {change.max_points:g}  "
            f"{escape(change.why)}", soft_wrap=True,
        )  # fmt: skip
    changed = len(report.changes)
    console.print(f"{question} of {assignment}: judged {report.judged} answers anew, and {changed} got other points.")
    for sentence in report.not_judged:
        errors.print(f"[yellow]not judged anew:[/] {escape(sentence)}", soft_wrap=True)
    raise typer.Exit(1 if report.not_judged else 0)


def line_of(graded: Graded) -> str:
    """One submission in one line, for a console."""
    lost = [question["grade_id"] for question in graded.questions if question["status"] != "passed"]
    comment = "not graded" if graded.status == "failed" else f"points lost in {', '.join(lost)}" if lost else ""
    return f"{graded.student:20} {graded.points:6.2f} of {graded.max_points:g}  {escape(comment)}"
