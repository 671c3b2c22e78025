"""What a feedback page says of each question: points from the gradebook, words from the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from gradus.judging.verdict import VERDICT_MIME

__all__ = ["Card", "Given", "cards_of", "given_points", "visible_source"]

_WORDS = {"passed": "all there", "partly": "partly", "failed": "not yet", "not judged": "not judged"}
_SIGNS = {"passed": "✓", "partly": "◐", "failed": "✗", "not judged": "–", "waiting": "…"}
_UNSEEN = re.compile(
    r"^[^\n]*### BEGIN (HIDDEN TESTS|MARK SCHEME).*?(### END \1[^\n]*\n?|\Z)", re.DOTALL | re.MULTILINE
)
_JUDGE = re.compile(r"^\s*judge\(.*\n?", re.MULTILINE)
_MARKERS = re.compile(r"^\s*### (BEGIN|END) SOLUTION *\n?", re.MULTILINE)


@dataclass(frozen=True)
class Given:
    """What the gradebook says of one graded cell; `by_hand` where a person gave the points."""

    points: float
    max_points: float
    by_hand: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Card:
    """One graded cell as the page shows it.

    status   of the verdict, or from the points; "waiting" where a person has still to read the answer
    verdict  as `Verdict.to_dict` writes it; empty where a person marks
    source   of the cell, without what the student never had
    """

    grade_id: str
    title: str
    given: Given
    status: str
    verdict: dict[str, Any] = field(default_factory=dict)
    source: str = ""

    @property
    def sign(self) -> str:
        return _SIGNS[self.status]

    @property
    def word(self) -> str:
        return "to be read" if self.status == "waiting" else _WORDS[self.status]

    @property
    def sentence(self) -> str:
        """One sentence for the overview."""
        if self.status == "waiting":
            return "Your instructor has still to read this answer."
        if self.status == "passed" or not self.verdict:
            return ""
        return str((self.verdict["misconceptions"] or [self.verdict["message"]])[0])

    @property
    def message(self) -> str:
        """The verdict's message, unless something else on the card says the same."""
        if self.verdict.get("misconceptions") or (self.status == "partly" and self.criteria):
            return ""
        return str(self.verdict.get("message", ""))

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """The criteria, unless each only repeats the message."""
        criteria = list(self.verdict.get("criteria", ()))
        if criteria and all(one["finding"] == self.verdict["message"] for one in criteria):
            return []
        return criteria

    @property
    def by_hand(self) -> str:
        """A sentence where a person gave other points than the judge."""
        if not self.verdict or not self.given.by_hand or self.given.points == self.verdict["points"]:
            return ""
        return f"Your instructor gave these points by hand; the judge had given {self.verdict['points']:g}."


def given_points(gradebook: Gradebook, notebook: str, assignment: str, student: str) -> dict[str, Given]:
    """What the gradebook says of every graded cell of a submitted notebook, by grade id."""
    entry = gradebook.find_submission_notebook(notebook, assignment, student)
    return {
        grade.name: Given(
            points=float(grade.score or 0.0),
            max_points=float(grade.max_score),
            by_hand=grade.manual_score is not None,
            is_waiting=bool(grade.needs_manual_grade),
        )
        for grade in entry.grades
    }


def cards_of(notebook: NotebookNode, given: dict[str, Given], title_of: Callable[[str], str]) -> list[Card]:
    """The cards in the order of the notebook; takes verdicts and unseen tests out of its cells.

    title_of  gives a question's title, by its name
    """
    cards = []
    for cell in notebook.cells:
        ours = cell.metadata.get("nbgrader")
        if not ours:
            continue
        cell.source = _MARKERS.sub("", _UNSEEN.sub("", cell.source)).strip("\n")
        if ours.get("grade") and not ours.get("solution"):
            cell.source = visible_source(cell.source)
        if not (ours.get("grade") or ours.get("task")) or ours.get("grade_id") not in given:
            continue
        verdict = _take_verdict(cell)
        points = given[ours["grade_id"]]
        title = title_of(str(verdict.get("question", "")))
        cards.append(Card(ours["grade_id"], title, points, _status(points, verdict), verdict, cell.source))
        cell.metadata["gradus_card"] = cards[-1]
    return cards


def visible_source(source: str) -> str:
    """The source of a graded cell without what the student never had: hidden tests, marking schemes, judge calls."""
    return _JUDGE.sub("", _UNSEEN.sub("", source)).strip()


def _take_verdict(cell: NotebookNode) -> dict[str, Any]:
    """The verdict among the cell's outputs, which is taken out of them; empty where there is none."""
    for output in cell.get("outputs", []):
        if VERDICT_MIME in output.get("data", {}):
            cell.outputs.remove(output)
            return dict(output["data"][VERDICT_MIME])
    return {}


def _status(given: Given, verdict: dict[str, Any]) -> str:
    if given.is_waiting:
        return "waiting"
    if verdict and not given.by_hand:
        return str(verdict["status"])
    return "passed" if given.points >= given.max_points else "partly" if given.points > 0 else "failed"
