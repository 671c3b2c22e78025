"""What nbgrader leaves of a notebook when it makes the students' version."""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode

__all__ = ["DELIMITERS", "hidden_regions", "released"]

DELIMITERS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
"""Regions between `### BEGIN ...` and `### END ...` that students do not get."""


def _region(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*### BEGIN {name}.*?### END {name}[^\n]*$\n?", re.MULTILINE | re.DOTALL)


def released(notebook: NotebookNode) -> NotebookNode:
    """A copy without solutions, hidden tests and marking schemes.

    As nbgrader does it: a solution cell without delimiters is emptied, any other cell loses its regions only.
    """
    blank = copy.deepcopy(notebook)
    for cell in blank.cells:
        is_solution = cell.metadata.get("nbgrader", {}).get("solution", False)
        if is_solution and "### BEGIN SOLUTION" not in cell.source:
            cell.source = ""
        for name in DELIMITERS:
            cell.source = _region(name).sub("", cell.source)
    return blank


def hidden_regions(source: str, name: str = "SOLUTION") -> list[str]:
    """What stands between the delimiters of one kind, each region as a text of its own."""
    lines = (match.group().strip("\n").split("\n")[1:-1] for match in _region(name).finditer(source))
    return ["\n".join(region) for region in lines]
