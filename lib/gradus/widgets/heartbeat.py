"""Do widgets live here? The browser asks Python, and says whether an answer came."""

from __future__ import annotations

from typing import Any

import traitlets

from gradus.widgets.host import Explorer
from gradus.widgets.module import module


class Heartbeat(Explorer):
    """A sentence that is true: it is written when Python has answered the browser's question.

    asked  how often the browser has asked      answered  the last question that Python has answered
    """

    title = "Heartbeat"
    height = 90
    _esm = module("heartbeat")

    asked = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    @traitlets.observe("asked")
    def _answer(self, change: Any) -> None:
        self.answered = change.new

    def summary(self) -> str:
        return "Heartbeat: in JupyterLab, this says whether widgets are alive."
