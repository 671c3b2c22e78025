"""`gradus demo`: a class of ten, from release to export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gradus_staff.commands.shared import console

__all__ = ["demo"]


def demo(
    folder: Annotated[Path, typer.Argument(help="A scratch course folder; it is made anew.")] = Path("demo-course"),
) -> None:
    """Play a class of ten through the whole course: release, submit, grade, feedback, export."""
    from gradus_staff.demo import play

    play(folder, console)
