"""What the commands share: where they print, and the options that several of them take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

__all__ = ["HERE", "CourseOption", "Sandboxes", "console", "errors"]

console = Console()
errors = Console(stderr=True)

CourseOption = Annotated[Path, typer.Option("--course", help="The course folder, with its nbgrader_config.py.")]
HERE = Path(".")


class Sandboxes(StrEnum):
    """What `--sandbox` may be."""

    bubblewrap = "bubblewrap"
    none = "none"
