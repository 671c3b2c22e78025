"""`gradus lint`: what authors forget."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import console

__all__ = ["lint"]


def lint(
    assignment: Annotated[list[str] | None, typer.Argument(help="By default all.")] = None,
    thorough: Annotated[
        bool, typer.Option(help="Also ask whether some wrong answer needs every criterion; that takes minutes.")
    ] = False,
) -> None:
    """Find what authors forget: in notebook, questions, key and answer files. Exit code 1 where there is something."""
    from gradus_staff.lint import lint as lint_
    from gradus_staff.lint import load
    from gradus_staff.notebook_text import assignments

    started, count = time.monotonic(), 0
    chosen = assignment or assignments()
    for name in chosen:
        with console.status(f"Looking at {name}"):
            findings = lint_(load(name), thorough)
        for finding in findings:
            console.print(f"[yellow]{finding.rule}:[/] {escape(str(finding))}", soft_wrap=True)
        count += len(findings)
    noun = "finding" if count == 1 else "findings"
    of = chosen[0] if len(chosen) == 1 else f"{len(chosen)} assignments"
    console.print(f"{count or 'No'} {noun} in {of} ({time.monotonic() - started:.1f} s).")
    raise typer.Exit(1 if count else 0)
