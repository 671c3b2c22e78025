"""`gradus export`: the grades as a file for another gradebook."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console, errors

__all__ = ["export"]


class Formats(StrEnum):
    """What the file is for."""

    canvas = "canvas"
    moodle = "moodle"
    csv = "csv"


def export(
    format_: Annotated[Formats, typer.Argument(metavar="canvas|moodle|csv", help="What the file is for.")],
    assignment: Annotated[list[str] | None, typer.Option(help="Only this assignment; may be repeated.")] = None,
    to: Annotated[Path | None, typer.Option(help="The file; otherwise one in the course folder.")] = None,
    course: CourseOption = HERE,
) -> None:
    """Write the grades as a file for Canvas, Moodle, or as nbgrader's table."""
    from gradus_staff.course import Course, CourseError
    from gradus_staff.export import CanvasExport, MoodleExport, TableExport
    from gradus_staff.late import settle_course

    opened = Course(course)
    kind = {Formats.canvas: CanvasExport, Formats.moodle: MoodleExport, Formats.csv: TableExport}[format_]
    plugin = kind(course=opened, config=opened.config)
    plugin.assignment, plugin.to = assignment or [], str(to or opened.root / kind.default_file)
    for changed in settle_course(opened):
        console.print(f"late days: the penalty of {escape(changed)} is up to date now")
    with opened.gradebook() as gradebook:
        if unknown := set(plugin.assignment) - {one.name for one in gradebook.assignments}:
            raise CourseError(f"not in the gradebook: {', '.join(sorted(unknown))}")
        plugin.export(gradebook)
    if plugin.waiting:
        some = ", ".join(plugin.waiting[:5]) + (f" and {len(plugin.waiting) - 5} more" if plugin.waiting[5:] else "")
        errors.print(f"[yellow]still to be marked by hand:[/] {escape(some)}", soft_wrap=True)
    console.print(f"Grades written to {escape(plugin.to)}", soft_wrap=True)
