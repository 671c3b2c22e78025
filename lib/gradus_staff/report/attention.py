"""Which submissions a person should look at, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradus_staff.report.record import Reason

__all__ = ["KINDS", "WAITING", "Kind", "reasons_of", "reasons_of_verdict"]


@dataclass(frozen=True)
class Kind:
    """One kind of reason: what it is called, and what to do about it."""

    title: str
    advice: str


WAITING = "waiting"

KINDS = {
    "not graded": Kind("not graded yet", "Run gradus grade."),
    "nothing judged": Kind("nothing could be judged", "The file cannot be read, or is missing. Ask for it again."),
    "no kernel": Kind("no kernel came up", "The machine's fault. Run gradus doctor, then grade again."),
    "key failed": Kind("the answer key failed", "A fault of the assignment's. Mend the key, then grade again."),
    "crashed": Kind("stopped or crashed", "A cell ran too long, used too much, or ended its kernel."),
    "not judged": Kind("some questions not judged", "A cell is missing, stopped with an error, or has no answer."),
    "mended": Kind("mended or unusual", "A locked cell changed, a cell doubled, another's numbers. Read it."),
    "no sandbox": Kind("ran without a sandbox", "The code could do whatever you can. Grade again in the sandbox."),
    WAITING: Kind("wait to be marked by hand", "Prose questions; mark them in the formgrader."),
}  # fmt: skip
"""Every kind of reason, the most pressing first."""

_CRASH = re.compile(r"was stopped|[Kk]ernel died|connection to the kernel broke|were used up|This cell|this cell")


def reasons_of_verdict(verdict: Mapping[str, Any]) -> list[Reason]:
    """The reasons that one verdict gives (a dictionary as `gradus grade --json` writes it)."""
    message, grade_id = str(verdict.get("message", "")), str(verdict.get("grade_id", ""))
    reasons = [Reason("mended", f"{grade_id}: {note}") for note in verdict.get("notes", ())]
    if verdict.get("status") == "not judged":
        reasons.append(Reason(_kind_of_silence(message), f"{grade_id}: {message}"))
    return reasons


def _kind_of_silence(message: str) -> str:
    if "the answer key failed" in message:
        return "key failed"
    if "kernel did not start" in message:
        return "no kernel"
    return "crashed" if _CRASH.search(message) else "not judged"


def reasons_of(
    verdicts: Sequence[Mapping[str, Any]], notes: Mapping[str, Iterable[str]], sandbox: str, waiting: Sequence[str]
) -> list[Reason]:
    """Why a person should look at a judged submission.

    notes    grade id -> what had to be mended in the submitted file        waiting  questions to be marked by hand
    """
    reasons = [reason for verdict in verdicts for reason in reasons_of_verdict(verdict)]
    reasons += [Reason("mended", f"{grade_id}: {note}") for grade_id, own in notes.items() for note in own]
    if sandbox == "none":
        reasons.append(Reason("no sandbox"))
    if waiting:
        reasons.append(Reason(WAITING, ", ".join(waiting)))
    return list(dict.fromkeys(reasons))
