"""`gradus doctor`: what this machine has and lacks."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from gradus_staff.commands.shared import console

__all__ = ["doctor"]


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
