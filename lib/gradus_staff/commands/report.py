"""`gradus report`: one page on a graded class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console

__all__ = ["report"]


def report(
    assignment: str,
    course: CourseOption = HERE,
    output: Annotated[Path | None, typer.Option(help="The page; otherwise reports/ASSIGNMENT.html.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write one line a submission to this file.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write everything to this file.")] = None,
    names: Annotated[bool, typer.Option(help="Name students in page and files; otherwise they are numbered.")] = False,
) -> None:
    """Write a page on a graded class: scores, questions, misconceptions, and who needs a human."""
    import datetime

    from gradus_staff.course import Course
    from gradus_staff.report import gather, render, summarise, without_names, write_csv, write_json
    from gradus_staff.report.attention import WAITING

    opened = Course(course)
    with console.status(f"Reading {assignment}") as status:
        record = gather(opened, assignment, lambda student: status.update(f"Reading {student}/{assignment}"))
        everything = summarise(record)
        told = everything if names else summarise(without_names(record))
        page = output or opened.root / "reports" / f"{assignment}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render(told, datetime.datetime.now()), encoding="utf-8")
        if csv_file:
            write_csv(told, csv_file)
        if json_file:
            write_json(told, json_file)
    for one in everything.reasons:
        who = [name for name, _ in one.students]
        few = ", ".join(who[:8]) + (f" and {len(who) - 8} more" if len(who) > 8 else "")
        style = "dim" if one.kind == WAITING else "yellow"
        console.print(f"[{style}]{one.title}:[/] {escape(few)}", soft_wrap=True, highlight=False)
    scores = told.scores
    console.print(
        f"{scores.number} submissions, median {scores.median:g} of {record.max_points:g}. Open {page}", soft_wrap=True
    )
