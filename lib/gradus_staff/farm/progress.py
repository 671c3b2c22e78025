"""What an instructor sees while a class is graded: how many, how fast, how long still, and who just now."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from gradus_staff.commands.grade import line_of
from gradus_staff.grading import Onlooker
from gradus_staff.results import Graded

__all__ = ["Progress"]


class Progress(Onlooker):
    """A bar on a terminal, and a line a submission wherever it is printed to. A context manager.

    unchanged  how many were graded before
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.unchanged = 0
        self._graded = 0
        self._started = time.monotonic()
        self._now: dict[str, None] = {}
        self._bar = Bar(
            TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(), TextColumn("{task.fields[who]}"), console=console, transient=True,
            disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None, rate="", who="")

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begins(self, students: int) -> None:
        self._started = time.monotonic()
        self._bar.update(self._task, total=students)

    def starts(self, student: str) -> None:
        self._now[student] = None
        self._show()

    def ends(self, graded: Graded, is_new: bool) -> None:
        self._now.pop(graded.student, None)
        if is_new:
            self._graded += 1
            self.console.print(line_of(graded))
        else:
            self.unchanged += 1
        self._bar.advance(self._task)
        self._show()

    def waits(self, sentence: str) -> None:
        self.console.print(escape(sentence), soft_wrap=True)

    def _show(self) -> None:
        minutes = (time.monotonic() - self._started) / 60
        rate = f"{self._graded / minutes:.0f} a minute" if self._graded else ""
        self._bar.update(self._task, rate=rate, who=escape(", ".join(list(self._now)[:3])))
