"""The command line `gradus`. Exit codes: 0 all is well, 1 something needs a look, 2 bad usage."""

from __future__ import annotations

import gradus_staff.quick_start  # isort: skip  # noqa: F401

import logging
import sys

import typer
from rich.markup import escape

from gradus_staff.commands.demo import demo
from gradus_staff.commands.doctor import doctor
from gradus_staff.commands.export import export
from gradus_staff.commands.feedback import feedback
from gradus_staff.commands.grade import grade
from gradus_staff.commands.lab import lab
from gradus_staff.commands.lint import lint
from gradus_staff.commands.new import new
from gradus_staff.commands.notebooks import notebooks
from gradus_staff.commands.proof import proof
from gradus_staff.commands.release import release
from gradus_staff.commands.report import report
from gradus_staff.commands.shared import errors
from gradus_staff.commands.similar import similar

__all__ = ["app", "main"]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Gradus: release, grade and look after a course.")
for command in (
    release,
    grade,
    feedback,
    export,
    demo,
    doctor,
    lab,
    proof,
    report,
    lint,
    similar,
):
    app.command()(command)
app.add_typer(new, name="new")
app.add_typer(notebooks, name="notebooks")


def main() -> None:
    """Run the command line; an expected error is one sentence, not a traceback."""
    from gradus_staff.course import CourseError

    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    logging.getLogger("gradus").setLevel(logging.CRITICAL)
    try:
        app()
    except (CourseError, LookupError) as error:
        errors.print(f"[bold red]gradus:[/] {escape(str(error.args[0] if error.args else error))}", soft_wrap=True)
        sys.exit(2)
