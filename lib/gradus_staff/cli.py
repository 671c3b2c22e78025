"""The command line `gradus`. Exit codes: 0 all graded, 1 some submissions could not be graded, 2 bad usage."""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

__all__ = ["app", "main"]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Gradus: release, grade and look after a course.")
notebooks = typer.Typer(no_args_is_help=True, help="Notebooks as text: build, check, pull.")
app.add_typer(notebooks, name="notebooks")
console = Console()
errors = Console(stderr=True)

CourseOption = Annotated[Path, typer.Option("--course", help="The course folder, with its nbgrader_config.py.")]
HERE = Path(".")


class Sandboxes(StrEnum):
    """What `--sandbox` may be."""

    bubblewrap = "bubblewrap"
    none = "none"


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


@app.command()
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


@app.command()
def release(assignment: str, course: CourseOption = HERE) -> None:
    """Prove an assignment (reference answers: full marks, blank notebook: none) and write the students' version."""
    from gradus_staff.course import Course
    from gradus_staff.release import release as release_

    with console.status(f"Proving {assignment} in kernels"):
        folder = release_(Course(course), assignment)
    console.print(f"{assignment}: reference answers get full marks, the blank notebook none. Written to {folder}.")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A scratch course folder; it is made anew.")] = Path("demo-course"),
) -> None:
    """Play a class of ten through the whole course: release, submit, grade, feedback, export."""
    from gradus_staff.demo import play

    play(folder, console)


@app.command()
def doctor(json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """What this machine has and lacks."""
    from gradus_staff.doctor import examine_machine

    findings = examine_machine()
    if json_:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        table = Table(box=None)
        for column in ("", "", "found", "what its lack costs"):
            table.add_column(column, overflow="fold")
        for finding in findings:
            sign = "[green]✓[/]" if finding.is_fine else "[red]✗[/]" if finding.is_required else "[yellow]–[/]"
            table.add_row(sign, finding.name, escape(finding.found), escape(finding.cost))
        console.print(table)
    raise typer.Exit(0 if all(finding.is_fine or not finding.is_required for finding in findings) else 1)


def _chosen(names: list[str] | None) -> list[str]:
    from gradus_staff.notebook_text import assignments, text_path

    for name in names or []:
        text_path(name)
    return names or assignments()


@notebooks.command()
def build(assignment: list[str] = typer.Argument(None), course: CourseOption = HERE) -> None:  # noqa: B008
    """Build notebooks from their text (all, or those named)."""
    from gradus_staff.notebook_text import build as build_

    for name in _chosen(assignment):
        console.print(f"built {build_(course, name)}")


@notebooks.command()
def check(assignment: list[str] = typer.Argument(None), course: CourseOption = HERE) -> None:  # noqa: B008
    """Say whether the committed notebooks are what their texts describe; exit code 1 where one is not."""
    from gradus_staff.notebook_text import differs

    sentences = [sentence for name in _chosen(assignment) if (sentence := differs(course, name))]
    for sentence in sentences:
        errors.print(escape(sentence), soft_wrap=True)
    raise typer.Exit(1 if sentences else 0)


@notebooks.command()
def pull(assignment: list[str] = typer.Argument(...), course: CourseOption = HERE) -> None:  # noqa: B008
    """Bring a text along after its notebook was edited in JupyterLab."""
    from gradus_staff.notebook_text import pull as pull_

    for name in assignment:
        console.print(f"wrote {pull_(course, name)}")
