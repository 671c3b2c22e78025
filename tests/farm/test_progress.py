"""What is seen while a class is graded."""

from __future__ import annotations

import io

from rich.console import Console

from gradus_staff.farm.progress import Progress
from gradus_staff.results import Graded


def _watch(is_terminal: bool) -> tuple[str, Progress]:
    """Two of three are graded, one was before, and one more has begun."""
    said = io.StringIO()
    console = Console(file=said, force_terminal=is_terminal, width=120, color_system=None)
    with Progress(console) as progress:
        progress.begins(4)
        for student in ("ada", "bob", "[red]eve"):
            progress.starts(student)
        progress.ends(Graded("ada", "exam", points=3, max_points=4), is_new=True)
        progress.ends(Graded("bob", "exam", points=4, max_points=4), is_new=True)
        progress.ends(Graded("cyd", "exam", points=4, max_points=4), is_new=False)
        progress._bar.refresh()
    return said.getvalue(), progress


def test_a_terminal_shows_how_many_how_fast_and_who():
    text, progress = _watch(is_terminal=True)
    last = text.rsplit("Grading", 1)[1]
    assert "3/4" in last and "a minute" in last and "[red]eve" in last and "ada" not in last
    assert progress.unchanged == 1


def test_elsewhere_there_is_a_line_a_submission_and_no_bar():
    text, _ = _watch(is_terminal=False)
    lines = text.splitlines()
    assert [line.split()[0] for line in lines] == ["ada", "bob"]
    assert "3.00 of 4" in lines[0] and "Grading" not in text
