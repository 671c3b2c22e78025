"""How checks and verdicts look: HTML for notebooks and feedback, text for everything else. No script, no network.

Colours come with words and signs, follow JupyterLab's theme where there is one, and survive printing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from gradus.judging import Verdict

__all__ = [
    "CheckRow", "check_html", "check_text", "display_box", "list_html", "list_text", "verdict_html", "verdict_text",
]  # fmt: skip

_GREEN, _AMBER, _RED, _GREY = "#1a7f37", "#9a6700", "#cf222e", "#6e7781"
_COLOURS = {"passed": _GREEN, "partly": _AMBER, "failed": _RED, "not judged": _GREY}
_SIGNS = {"passed": "✓", "partly": "◐", "failed": "✗", "not judged": "–"}
_CELL = "padding:.25em .7em;text-align:left;vertical-align:top;border:0;white-space:normal;overflow-wrap:break-word"


@dataclass(frozen=True)
class CheckRow:
    """One line of a visible check, all fields as text; `passed` says which sign stands before it."""

    criterion: str
    passed: bool
    example: str
    expected: str
    found: str
    sentence: str = ""
    hint: str = ""


def _box(colour: str, inner: str) -> str:
    return (
        f'<div class="gradus-box" style="border:1px solid {colour};border-left:.4em solid {colour};border-radius:.3em;'
        f"padding:.5em .9em;margin:.4em 0;max-width:60em;font-family:system-ui,sans-serif;font-size:14px;"
        f'line-height:1.45;overflow-x:auto;color:var(--jp-ui-font-color1,inherit)">{inner}</div>'
    )


def _heading(sign: str, colour: str, title: str, right: str) -> str:
    return (
        f'<div style="display:flex;flex-wrap:wrap;gap:.2em 1em;justify-content:space-between;font-weight:600">'
        f'<span><span style="color:{colour}" aria-hidden="true">{sign}</span> {escape(title)}</span>'
        f"<span>{escape(right)}</span></div>"
    )


def check_html(name: str, title: str, rows: Sequence[CheckRow]) -> str:
    """A visible check as HTML: every criterion with its example, expected, found, and a hint on request."""
    passed = sum(row.passed for row in rows)
    colour = _GREEN if passed == len(rows) else _RED
    sign = "✓" if passed == len(rows) else "✗"
    heading = _heading(
        sign, colour, f"Check {name}{': ' + title if title else ''}", f"{passed} of {len(rows)} examples"
    )
    if passed == len(rows):
        names = list(dict.fromkeys(row.criterion for row in rows))
        return _box(colour, heading + f"<div>{escape(', '.join(names))}: all as expected.</div>")
    head = "".join(
        f'<th style="{_CELL}" scope="col">{h}</th>' for h in ("", "criterion", "example", "expected", "found")
    )
    body = "".join(_check_row_html(row) for row in rows)
    return _box(colour, heading + _table(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"))


def _table(inner: str) -> str:
    return f'<table style="border-collapse:collapse;margin:.3em 0">{inner}</table>'


def _check_row_html(row: CheckRow) -> str:
    colour, sign, word = (_GREEN, "✓", "as expected") if row.passed else (_RED, "✗", "not yet")
    cells = [escape(row.criterion), f"<code>{escape(row.example)}</code>", f"<code>{escape(row.expected)}</code>"]
    found = f"<code>{escape(row.found)}</code>"
    if not row.passed:
        found += f"<div>{escape(row.sentence)}</div>" if row.sentence else ""
        if row.hint:
            found += f"<details><summary>Hint</summary>{escape(row.hint)}</details>"
    mark = f'<td style="{_CELL};color:{colour}"><span title="{word}" aria-label="{word}">{sign}</span></td>'
    return "<tr>" + mark + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in [*cells, found]) + "</tr>"


def check_text(name: str, rows: Sequence[CheckRow]) -> str:
    """The same for terminals, and for nbgrader's Validate, which cuts long lines off."""
    passed = sum(row.passed for row in rows)
    lines = [f"Check {name}: {passed} of {len(rows)} examples as expected."]
    for row in rows:
        if not row.passed:
            lines += wrap(f"✗ {row.criterion}: at {row.example}", 80, initial_indent="  ", subsequent_indent="    ")
            hint = f"Hint: {row.hint}" if row.hint else ""
            for sentence in filter(None, [f"expected {row.expected}, got {row.found}.", row.sentence, hint]):
                lines += wrap(sentence, 80, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)


def _points(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def verdict_html(verdict: Verdict, title: str = "") -> str:
    """The verdict on one question as HTML: points, criteria, misconceptions, hints. Everything is escaped."""
    colour = _COLOURS[verdict.status]
    heading = _heading(
        _SIGNS[verdict.status], colour, f"Question {verdict.question}{': ' + title if title else ''}, {verdict.status}",
        f"{_points(verdict.points)} of {_points(verdict.max_points)} points",
    )  # fmt: skip
    parts = [heading]
    parts += [
        f'<div style="margin:.3em 0"><strong>What went wrong:</strong> {escape(sentence)}</div>'
        for sentence in verdict.misconceptions
    ]
    if verdict.message:
        parts.append(f"<div>{escape(verdict.message)}</div>")
    if verdict.status != "passed" and not _all_say(verdict, verdict.message):
        parts.append(_criteria_html(verdict))
    parts += [f"<div><em>{escape(hint)}</em></div>" for hint in verdict.hints]
    if verdict.reason:
        parts.append(f'<div style="margin:.3em 0"><strong>Why:</strong> {escape(verdict.reason)}</div>')
    parts += [f'<div style="color:{_GREY}">{escape(note)}</div>' for note in verdict.notes]
    return _box(colour, "".join(parts))


def _all_say(verdict: Verdict, sentence: str) -> bool:
    """Does every criterion only repeat the message?"""
    return all(criterion.finding and criterion.finding.sentence == sentence for criterion in verdict.criteria)


def _criteria_html(verdict: Verdict) -> str:
    rows = []
    for criterion in verdict.criteria:
        colour, sign, word = (_GREEN, "✓", "met") if criterion.passed else (_RED, "✗", "not met")
        name = criterion.name + (" (bonus)" if criterion.is_bonus else "")
        sentence = criterion.finding.sentence if criterion.finding else ""
        mark = f'<td style="{_CELL};color:{colour}"><span title="{word}" aria-label="{word}">{sign}</span></td>'
        rows.append(
            f'<tr>{mark}<td style="{_CELL}">{escape(name)}</td><td style="{_CELL}">{escape(sentence)}</td></tr>'
        )
    return _table(f"<tbody>{''.join(rows)}</tbody>")


def verdict_text(verdict: Verdict, title: str = "") -> str:
    """The same for terminals and screen readers."""
    points = f"{_points(verdict.points)} of {_points(verdict.max_points)} points"
    lines = [f"Question {verdict.question}: {verdict.status}, {points}.", *verdict.misconceptions]
    if verdict.message and verdict.message not in verdict.misconceptions:
        lines.append(verdict.message)
    if verdict.status != "passed":
        lines += [
            f"  {'✓' if c.passed else '✗'} {c.name}{': ' + c.finding.sentence if c.finding else ''}"
            for c in verdict.criteria
        ]
    reason = [f"Why: {verdict.reason}"] if verdict.reason else []
    return "\n".join([*lines, *verdict.hints, *reason, *verdict.notes])


def list_html(title: str, lines: Sequence[tuple[str, str, str]]) -> str:
    """Things that were looked at, as HTML: for each a status as of a verdict, a name and a sentence."""
    statuses = [status for status, _, _ in lines]
    worst = next((status for status in ("failed", "partly") if status in statuses), "passed")
    rows = []
    for status, name, sentence in lines:
        mark = f'<td style="{_CELL};color:{_COLOURS[status]}"><span aria-label="{status}">{_SIGNS[status]}</span></td>'
        rows.append(f'<tr>{mark}<td style="{_CELL}"><strong>{escape(name)}</strong> {escape(sentence)}</td></tr>')
    heading = _heading(_SIGNS[worst], _COLOURS[worst], title, "")
    return _box(_COLOURS[worst], heading + _table(f"<tbody>{''.join(rows)}</tbody>"))


def list_text(title: str, lines: Sequence[tuple[str, str, str]]) -> str:
    """The same for terminals and screen readers."""
    return "\n".join([f"{title}.", *(f"  {_SIGNS[status]} {name} {sentence}" for status, name, sentence in lines)])


def display_box(html: str, text: str) -> None:
    """Display in a notebook; print anywhere else."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(text)
        return
    if get_ipython() is None:
        print(text)
    else:
        display({"text/html": html, "text/plain": text}, raw=True)
