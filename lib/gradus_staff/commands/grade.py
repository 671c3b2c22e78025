"""`gradus grade`: grade the submissions of an assignment."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, Sandboxes, console, errors

__all__ = ["grade"]


def grade(
    assignment: str,
    student: Annotated[list[str] | None, typer.Option(help="Grade only this student; may be repeated.")] = None,
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
    from gradus_staff.course import Course
    from gradus_staff.grading import grade_class, sandbox_of

    opened = Course(course)
    if add_missing_cells:
        opened.config.OverwriteCells.add_missing_cells = True
    if sandbox:
        opened.config.Execute.sandbox = sandbox.value
    started = time.monotonic()
    with console.status(f"Grading {assignment}"):
        results = grade_class(opened, assignment, student, on_graded=lambda graded: console.print(_line(graded)))
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
    if sandbox_of(opened) == "none":
        errors.print("[yellow]without a sandbox:[/] the submissions could read and write whatever you can.")
    for graded in failed:
        errors.print(f"[red]not graded:[/] {escape(graded.message)}", soft_wrap=True)
    raise typer.Exit(1 if failed else 0)


def _line(graded) -> str:  # type: ignore[no-untyped-def]
    lost = [question["grade_id"] for question in graded.questions if question["status"] != "passed"]
    comment = "not graded" if graded.status == "failed" else f"points lost in {', '.join(lost)}" if lost else ""
    return f"{graded.student:20} {graded.points:6.2f} of {graded.max_points:g}  {escape(comment)}"
