"""`gradus new`: a skeleton to start from."""

from __future__ import annotations

import typer

from gradus_staff.commands.shared import HERE, CourseOption, console

__all__ = ["new"]

new = typer.Typer(no_args_is_help=True, help="A new assignment, to start from.")


@new.callback()
def _() -> None:
    """With a callback typer keeps the name of a single subcommand."""


@new.command()
def assignment(name: str, course: CourseOption = HERE) -> None:
    """Write a small assignment that works: notebook, question, key, a right and a wrong answer, a test."""
    from gradus_staff.skeleton import plan

    ours = plan(course, name)
    for path in ours.write():
        console.print(f"wrote {path.relative_to(ours.root)}", soft_wrap=True)
    console.print(f"Change it piece by piece (docs/authoring.md). It is green now, so stay green:\n"
                  f"  gradus lint {name}\n  pytest tests/answers tests/{name} -k {name}\n  gradus release {name}",
                  soft_wrap=True, markup=False)  # fmt: skip
