"""The clock of a timed notebook: it shows the time left, and does nothing when the time is over."""

from __future__ import annotations

import html
import json
import os
import time
from datetime import datetime
from pathlib import Path

from gradus.personal import own_folder

__all__ = ["ExamClock", "exam_clock"]

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Time left</title>
<style>body{{font:600 20px system-ui,sans-serif;margin:0;padding:10px 14px;background:#fff;color:#1f2328}}
small{{display:block;font-weight:400;font-size:14px;color:#57606a}}.late{{color:#9a6700}}</style>
<div id="left" role="timer">{left}</div><small>{sentence}</small>
<script>
const ends = {ends} * 1000, place = document.getElementById("left");
function show() {{
  const minutes = Math.ceil((ends - Date.now()) / 60000);
  place.className = minutes <= 10 ? "late" : "";
  const h = Math.floor(minutes / 60), m = minutes % 60;
  place.textContent = minutes > 0 ? "Time left: " + (h ? h + " h " : "") + m + " min" : "The time is over.";
}}
show(); setInterval(show, 5000);
</script></html>"""

_SENTENCE = "Started {start}, ends {end}. Nothing is locked or lost then: what you have saved is what you hand in."


class ExamClock:
    """Time from the first run of the cell on. Shows itself in a notebook and counts down there by itself.

    started, ends  seconds since 1970
    """

    def __init__(self, started: float, minutes: float) -> None:
        self.started = started
        self.ends = started + 60 * minutes

    @property
    def minutes_left(self) -> int:
        """Whole minutes, rounded up; 0 when the time is over."""
        return max(0, -int((time.time() - self.ends) // 60))

    def __repr__(self) -> str:
        hours, minutes = divmod(self.minutes_left, 60)
        if not self.minutes_left:
            return "The time is over. What you have saved is what you hand in."
        return f"Time left: {f'{hours} h ' if hours else ''}{minutes} min"

    def _repr_html_(self) -> str:
        sentence = _SENTENCE.format(start=_clock_time(self.started), end=_clock_time(self.ends))
        page = _PAGE.format(left=html.escape(repr(self)), sentence=html.escape(sentence), ends=json.dumps(self.ends))
        return (
            f'<iframe title="Time left" style="width:100%;height:84px;border:1px solid #d0d7de;border-radius:6px" '
            f'srcdoc="{html.escape(page)}"></iframe>'
        )


def _clock_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%H:%M")


def exam_clock(exam: str, minutes: float, start_again: bool = False) -> ExamClock | None:
    """The clock of an exam; it starts when this is run for the first time, and a new kernel does not start it anew.

    start_again  True for another try, at home      Returns None, and starts nothing, while a grader runs the notebook.
    ValueError where `minutes` is not positive.
    """
    if not minutes > 0:
        raise ValueError(f"exam_clock: minutes = {minutes}, expected a number above 0")
    if os.environ.get("GRADUS_STUDENT"):
        return None
    path = own_folder() / "clocks" / f"{exam}.json"
    started = None if start_again else _read(path)
    if started is None:
        started = time.time()
        _write(path, started)
    return ExamClock(started, minutes)


def _read(path: Path) -> float | None:
    try:
        started = json.loads(path.read_text(encoding="utf-8"))["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return started if isinstance(started, (int, float)) and 0 < started <= time.time() + 60 else None


def _write(path: Path, started: float) -> None:
    """A clock that cannot be kept still runs: it only forgets its start when the kernel does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"started": started}), encoding="utf-8")
    except OSError:
        pass
