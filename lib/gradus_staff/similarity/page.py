"""The report as one HTML page: no script, nothing from elsewhere, nothing of a submission that a browser would run."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from gradus_staff.similarity.matching import Piece, Work
from gradus_staff.similarity.pairs import Comparison, Pair
from gradus_staff.similarity.picture import histogram
from gradus_staff.similarity.winnowing import NOISE, WINDOW

__all__ = ["write_page"]

COLOURS = 6
"""Passages of a pair take turns; the number beside each says which is which."""

_NOT_GUILT = """
<p><strong>Similarity is not guilt.</strong> This page finds passages that two submissions share. It cannot know why.
Two who learned from the same page, worked together as the course allows, or took the one obvious way write alike, too.
Read the passages; talk to both, apart and with an open mind; let a person decide, by the rules of your course.</p>
"""


def write_page(
    assignment: str, comparison: Comparison, problems: Sequence[str] = (), widespread: int = 0, common: float = 0.25
) -> str:
    """The whole page, as text.

    problems    sentences about files that were not compared
    widespread  how many runs of tokens many students wrote      common  from which share of the class on that is so
    """
    title = f"{assignment}: similar submissions"
    style = (files("gradus_staff.similarity") / "page.css").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{_text(title)}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{_text(assignment)} <small>similar submissions</small></h1>
<div class="notice">{_NOT_GUILT}</div>
</header>
<main>
{_overview(comparison)}
{_table(comparison)}
{"".join(_details(number, pair, comparison) for number, pair in enumerate(comparison.pairs, start=1))}
{_not_compared(problems)}
{_method(widespread, common)}
</main>
</body>
</html>
"""


_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def _text(value: str) -> str:
    """Escaped; characters that are not seen, or that turn the direction of reading, are spelt out."""
    return html.escape(_INVISIBLE.sub(lambda match: f"\\u{ord(match.group()):04x}", value.replace("\r\n", "\n")))


def _overview(comparison: Comparison) -> str:
    students, pairs = len(comparison.works), comparison.all_pairs
    if not comparison.pairs:
        return f"""<section><h2>Nothing to look at</h2>
<p>{students} submissions make {pairs:,} pairs. None of them share a passage of {NOISE} tokens or more that was
neither given nor written by many.</p></section>"""
    noun = "pair is" if len(comparison.pairs) == 1 else "pairs are"
    return f"""<section><h2>The class</h2>
<p>{students} submissions make {pairs:,} pairs. The picture counts them by what they share; most classes have a hill on
the left, where chance is at home. What stands far to the right is worth reading. {len(comparison.pairs)} {noun} listed
below.</p>
{histogram(comparison)}</section>"""


def _table(comparison: Comparison) -> str:
    if not comparison.pairs:
        return ""
    rows = "".join(_row(number, pair) for number, pair in enumerate(comparison.pairs, start=1))
    return f"""<section><h2>Pairs</h2>
<div class="scroll"><table>
<thead><tr><th></th><th>students</th><th>of their own work, shared</th><th class="number">longest passage</th>
<th>where</th></tr></thead>
<tbody>{rows}</tbody></table></div></section>"""


def _row(number: int, pair: Pair) -> str:
    bars = "".join(
        f'<div class="bar"><span style="width:calc(7rem * {share:.3f})"></span>'
        f"<b>{share:.0%}</b> of {_text(work.student)}</div>"
        for work, share in zip((pair.one, pair.other), pair.shares, strict=True)
    )
    return (
        f'<tr><td class="number">{number}</td><td><a href="#pair-{number}">{_text(pair.one.student)}<br>'
        f"{_text(pair.other.student)}</a></td><td>{bars}</td>"
        f'<td class="number">{pair.longest} tokens</td><td>{_text(", ".join(pair.titles))}</td></tr>'
    )


def _details(number: int, pair: Pair, comparison: Comparison) -> str:
    also = Counter(
        student
        for other in comparison.pairs
        if other is not pair and {pair.one.student, pair.other.student} & {other.one.student, other.other.student}
        for student in (other.one.student, other.other.student)
    )
    for own in (pair.one.student, pair.other.student):
        also.pop(own, None)
    sentence = f" Listed with one of them, too: {_text(', '.join(sorted(also)))}." if also else ""
    count = len(pair.passages)
    return f"""<details class="pair" id="pair-{number}"{" open" if number == 1 else ""}>
<summary><h2><span class="number">{number}</span> {_text(pair.one.student)} and {_text(pair.other.student)}</h2>
</summary>
<p>{count} shared {"passage" if count == 1 else "passages"}, the longest of {pair.longest} tokens.{sentence}</p>
<div class="sides">{_side(number, pair, 0)}{_side(number, pair, 1)}</div>
</details>
"""


def _side(number: int, pair: Pair, side: int) -> str:
    work = (pair.one, pair.other)[side]
    places = [(passage.first, passage.second)[side] for passage in pair.passages]
    shown = sorted({index for index, _ in places})
    cells = []
    for index in shown:
        marks = [
            (start, start + pair.passages[k].length, k + 1) for k, (own, start) in enumerate(places) if own == index
        ]
        cells.append(_cell(work, index, sorted(marks), f"pair-{number}", side))
    heading = f"<h3>{_text(work.student)} <small>{pair.shares[side]:.0%} shared</small></h3>"
    return f'<div class="side">{heading}{"".join(cells)}</div>'


def _cell(work: Work, index: int, marks: list[tuple[int, int, int]], pair: str, side: int) -> str:
    piece = work.pieces[index]
    kind = "prose" if piece.is_prose else "code"
    return f'<h4>{_text(piece.title)}</h4><pre class="{kind}">{_marked(piece, marks, pair, side)}</pre>'


def _marked(piece: Piece, marks: list[tuple[int, int, int]], pair: str, side: int) -> str:
    """The source with passages marked; every mark leads to its counterpart.

    marks  (first token, the one behind the last, number of the passage)
    """
    parts, position = [], 0
    for first, behind, number in marks:
        start, end = piece.tokens[first].start, piece.tokens[behind - 1].end
        here, there = f"{pair}-{side}-{number}", f"{pair}-{1 - side}-{number}"
        colour = (number - 1) % COLOURS
        parts.append(_text(piece.source[position:start]))
        parts.append(
            f'<mark id="{here}" class="c{colour}"><a href="#{there}" title="the same passage on the other side">'
            f"{number}</a>{_text(piece.source[start:end])}</mark>"
        )
        position = end
    parts.append(_text(piece.source[position:]))
    return "".join(parts)


def _not_compared(problems: Sequence[str]) -> str:
    if not problems:
        return ""
    items = "".join(f"<li>{_text(problem)}</li>" for problem in problems)
    return f"<section><h2>Not compared</h2><ul>{items}</ul></section>"


def _method(widespread: int, common: float) -> str:
    return f"""<section class="method"><h2>How this was found</h2>
<p>Every cell that students write in is taken apart into tokens. Comments, white space, imports, the wording of texts
and the names that somebody chose are left out, so that changing them hides nothing; nor does the order of functions.
What stands in the released notebook does not count. Neither do the {widespread:,} runs of tokens that more than
{common:.0%} of the class wrote: there the question leads everybody the same way. Passages shorter than {NOISE} tokens
do not count, so a question that wants one letter or one number is not compared at all.</p>
<p>Fingerprints are chosen by winnowing (Schleimer, Wilkerson and Aiken 2003; runs of {NOISE} tokens, windows of
{WINDOW}). The likeliest pairs are then compared passage by passage, the longest passages first. A larger group that
shares one text may count as “many”; raise <code>--common</code> to see it.</p></section>"""
