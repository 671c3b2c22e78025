"""The report's numbers for other programs: CSV with one line a submission, JSON with everything."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gradus_staff.report.summary import Summary

__all__ = ["as_dict", "write_csv", "write_json"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text starts that a spreadsheet would take for a formula and run."""


def write_csv(summary: Summary, path: Path) -> None:
    """One line a submission: points in all and by question (empty while waiting), lateness, what needs a human."""
    labels = [question.label for question in summary.record.questions]
    head = [
        "student",
        "state",
        "points",
        "max_points",
        "seconds_late",
        "late_penalty",
        "needs_a_human",
        "misconceptions",
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(_plain, [*head, *labels]))
        for one in summary.record.submissions:
            answers = one.by_question
            kinds = dict.fromkeys(reason.kind for reason in one.reasons)
            sentences = dict.fromkeys(sentence for answer in one.answers for sentence in answer.misconceptions)
            row = [one.student, one.state, one.points, one.max_points, one.seconds_late, one.penalty]
            row += ["; ".join(kinds), " | ".join(sentences)]
            row += [answers[label].points if label in answers else None for label in labels]
            writer.writerow(map(_plain, row))


def _plain(value: object) -> object:
    """Text that can be no formula; numbers short and as they are."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return f"{value:.10g}" if isinstance(value, float) else value


def write_json(summary: Summary, path: Path) -> None:
    """Everything that the page shows, and every answer behind it."""
    path.write_text(json.dumps(as_dict(summary), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def as_dict(summary: Summary) -> dict[str, Any]:
    """The summary as plain data; its keys are those of docs/instructors.md."""
    record = summary.record
    return {
        "assignment": record.assignment,
        "has_names": record.has_names,
        "max_points": record.max_points,
        "scores": asdict(summary.scores),
        "histogram": [asdict(column) for column in summary.columns],
        "questions": [
            {
                **asdict(one.question),
                "answers": one.statuses,
                "mean_share": one.mean_share,
                "discrimination": one.discrimination,
                "median_seconds": one.seconds.median if one.seconds else None,
                "max_seconds": one.seconds.most if one.seconds else None,
            }
            for one in summary.questions
        ],
        "criteria": [{**asdict(one), "share": one.share} for one in summary.criteria],
        "misconceptions": [asdict(one) for one in summary.misconceptions],
        "needs_a_human": [
            {"kind": one.kind, "title": one.title, "students": {name: list(own) for name, own in one.students}}
            for one in summary.reasons
        ],
        "submissions": [asdict(one) for one in record.submissions],
    }
