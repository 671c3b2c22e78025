"""The report as one HTML page that needs nothing else: no network, no script.

Everything is escaped by the template; a policy in the page's head lets nothing be loaded or run in any case.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gradus_staff.report import pictures, words
from gradus_staff.report.statistics import Holders
from gradus_staff.report.summary import QuestionSummary, Summary

__all__ = ["render"]

_HERE = Path(__file__).parent

SHOWN = 10
"""How many misconceptions and criteria stand in the pictures; all are in the tables."""


ENOUGH = 15
"""With fewer judged submissions chance alone moves a correlation too far to speak of single questions."""


def render(summary: Summary, made: datetime.datetime | None = None) -> str:
    """The page. made: the date below its title; None for none."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(pictures=pictures, words=words)
    environment.filters.update(
        number=words.number, percent=words.percent, signed=words.signed, seconds=words.seconds, duration=words.duration
    )
    timed = [one for one in summary.questions if one.seconds]
    return environment.get_template("page.html.j2").render(
        css=Markup((_HERE / "page.css").read_text(encoding="utf-8")),
        summary=summary,
        record=summary.record,
        made=made,
        enough=ENOUGH,
        most_held=max((len(one.students) for one in summary.misconceptions), default=1),
        shown_misconceptions=summary.misconceptions[:SHOWN],
        shown_criteria=summary.criteria[:SHOWN],
        timed=timed,
        slowest=max((one.seconds.most for one in timed if one.seconds), default=0.0),
        said_of_scores=_of_scores(summary),
        said_of_questions=_of_questions(summary.questions, len(summary.judged)),
        said_of_misconceptions=_of_misconceptions(summary.misconceptions, len(summary.judged)),
        said_of_time=_of_time(timed),
        statuses=_statuses(summary),
    )


def _of_scores(summary: Summary) -> str:
    scores, most = summary.scores, words.number(summary.record.max_points)
    if not scores.number:
        return "Nobody is graded yet."
    sentence = f"Half of the class has {words.number(scores.median)} of {most} points or more"
    return f"{sentence}; {words.count(scores.full, 'submission has', 'submissions have')} all."


def _of_questions(questions: tuple[QuestionSummary, ...], judged: int) -> str:
    known = [(one.mean_share, one.question.label) for one in questions if one.mean_share is not None]
    if not known:
        return ""
    share, label = min(known)
    sentences = [f"Hardest: {label}, {words.percent(share)} of the points."]
    weak = [one.question.label for one in questions if one.discrimination is not None and one.discrimination < 0.2]
    if weak and judged >= ENOUGH:
        sentences.append(f"Hardly tells strong from weak: {', '.join(weak)}.")
    return " ".join(sentences)


def _of_misconceptions(found: tuple[Holders, ...], judged: int) -> str:
    if not found:
        return "No known mistake was recognised."
    everybody = {student for one in found for student in one.students}
    holders = f"{len(everybody)} of {words.count(judged, 'submission')}"
    return f"{words.count(len(found), 'known mistake')} in {holders}."


def _of_time(timed: list[QuestionSummary]) -> str:
    slowest = max(timed, key=lambda one: one.seconds.median if one.seconds else 0.0, default=None)
    if slowest is None or slowest.seconds is None:
        return ""
    return f"Slowest in the middle of the class: {slowest.question.label}, {words.seconds(slowest.seconds.median)}."


def _statuses(summary: Summary) -> list[str]:
    """Those that occur, in the order in which they are drawn."""
    return [status for status in pictures.STATUSES if any(one.statuses.get(status) for one in summary.questions)]
