"""`gradus notebooks`: notebooks as text."""

from __future__ import annotations

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console, errors

__all__ = ["notebooks"]

notebooks = typer.Typer(no_args_is_help=True, help="Notebooks as text: build, check, pull.")


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
