"""The command `gradus`: the instructors' commands where the staff's package is installed, else a sentence."""

from __future__ import annotations

import importlib
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of `gradus_staff`; exit code 2 where only the students' package is installed."""
    try:
        staff = importlib.import_module("gradus_staff.cli")
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] == "gradus_staff":
            print(
                "gradus: this is the students' package; its commands are for instructors. "
                "Open your notebook with `jupyter lab` instead.",
                file=sys.stderr,
            )
        else:
            print(f"gradus: {error.name} is missing; install it with: pip install 'gradus[staff]'", file=sys.stderr)
        sys.exit(2)
    staff.main()
