"""The page docs/proof.md, from what the corpora have shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradus_staff.proof import Proof, ProvenAnswer, ProvenAttack

__all__ = ["in_one_sentence", "render", "with_sentence"]

_IN_README = re.compile(r"(?<=<!-- written by `make proof` -->\n).*?(?=<!-- until here -->)", re.DOTALL)

_INTRODUCTION = """\
# The proof

An autograder is a program, and a program is tested. Here the tests are answers and attacks, each a file in
`tests/answers` or `tests/attacks`. `make proof` grades and tries every one of them and writes this page; nothing on
it is written by hand. It is for instructors: whoever reads it before the homework knows the mistakes.
"""


def in_one_sentence(proof: Proof) -> str:
    """The counts; README.md says the same sentence."""
    right, wrong = _all(proof.right), _all(proof.wrong)
    models = [holds for of_one in proof.models.values() for holds in of_one.values()]
    seen = sum(bool(attack.control) for attack in proof.attacks)
    return (
        f"**{_of(right)} right answers**, in every style, get full marks. **{_of(wrong)} wrong answers** lose points "
        f"just where they should, and the mistake is named. **{_count(models)} models of mistakes** are told apart. "
        f"**{_of(proof.attacks)} attacks** earn nothing and harm nothing but their own submission; {seen} of them are "
        "seen to succeed where Gradus does not protect."
    )


def with_sentence(readme: str, proof: Proof) -> str:
    """A README whose sentence on the proof, between two comments, is the one that holds now."""
    return _IN_README.sub(lambda _: in_one_sentence(proof) + "\n", readme)


def render(proof: Proof) -> str:
    """The page, as Markdown."""
    day = f"{proof.day.day} {proof.day:%B %Y}"
    parts = [_INTRODUCTION, f"On {day}: {in_one_sentence(proof)}\n"]
    if shortcomings := proof.shortcomings():
        parts.append("**Not proven:**\n\n" + "".join(f"* {sentence}\n" for sentence in shortcomings))
    parts.append(_overview(proof))
    parts.append(_families(proof.attacks))
    for assignment in proof.assignments:
        parts.append(_assignment(assignment, proof.right[assignment], proof.wrong[assignment]))
    parts.append(_attacks(proof.attacks))
    return "\n".join(parts)


def _overview(proof: Proof) -> str:
    rows = [
        (
            f"[{name}](#{name})",
            _of(proof.right[name]),
            _of(proof.wrong[name]),
            _count(proof.models[name].values()),
            "0 points" if proof.blank.get(name) else "**not shown**",
        )
        for name in proof.assignments
    ]
    head = ("assignment", "right answers: full marks", "wrong answers: caught", "models: named", "blank notebook")
    return "## Answers\n\n" + _table(head, rows)


def _families(attacks: list[ProvenAttack]) -> str:
    families = sorted({attack.label.split("/")[0] for attack in attacks})
    rows = []
    for family in families:
        own = [attack for attack in attacks if attack.label.startswith(f"{family}/")]
        rows.append((f"[{family}](#{family})", _of(own), str(sum(bool(attack.control) for attack in own))))
    return "## Attacks\n\n" + _table(("family", "stopped", "seen to succeed elsewhere"), rows) + _CONTROLS


_CONTROLS = """
*Seen to succeed elsewhere* is the positive control: the same code reaches its aim in a kernel without a sandbox, or
earns its points from plain nbgrader, so the test can see. Where there is none, success would leave a trace on the
machine that runs the tests, or the attack is on Gradus alone. The pages of the family *injecting* have one control for
all: together they run a script in plain nbgrader's feedback.
"""


def _assignment(name: str, right: list[ProvenAnswer], wrong: list[ProvenAnswer]) -> str:
    lines = [f"## {name}\n", "Full marks:\n"]
    lines += [
        f"* `{one.answer.name}` {_cell(one.answer.description)}{'' if one.is_proven else ' **(not proven)**'}"
        for one in right
    ]
    lines += [
        "\nCaught:\n",
        _table(("wrong answer", "question", "points", "what the student reads"), _wrong_rows(wrong)),
    ]
    return "\n".join(lines)


def _wrong_rows(wrong: list[ProvenAnswer]) -> Iterable[tuple[str, ...]]:
    for one in wrong:
        said = (one.found or {}).get("said") or dict.fromkeys(one.answer.loses)
        for number, (question, about) in enumerate(said.items()):
            name = f"`{one.answer.name}`{'' if one.is_proven else ' **(not proven)**'}" if number == 0 else ""
            points, most, sentences = about or ("?", "?", [])
            yield name, question, f"{_number(points)} of {_number(most)}", " ".join(sentences)


def _attacks(attacks: list[ProvenAttack]) -> str:
    parts = []
    for family in sorted({attack.label.split("/")[0] for attack in attacks}):
        rows = [
            (
                f"`{attack.label.split('/')[1]}`{'' if attack.is_proven else ' **(not proven)**'}",
                attack.title,
                attack.header.get("nbgrader", ""),
                attack.said or attack.header.get("gradus", ""),
                attack.control,
            )
            for attack in attacks
            if attack.label.startswith(f"{family}/")
        ]
        head = ("attack", "what it tries", "plain nbgrader", "Gradus", "seen to succeed in")
        parts.append(f"## {family}\n\n" + _table(head, rows))
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(map(_cell, row)) for row in rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in lines)


def _cell(text: str) -> str:
    """Text for a table: on one line, and taken for text."""
    plain = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("$", "\\$")
    return plain if "`" in plain or "](" in plain or "**" in plain else plain.replace("*", "\\*").replace("_", "\\_")


def _number(points: object) -> str:
    return f"{points:.3g}" if isinstance(points, (int, float)) else str(points)


def _all(answers: dict[str, list[ProvenAnswer]]) -> list[ProvenAnswer]:
    return [one for of_one in answers.values() for one in of_one]


def _of(things: Iterable[ProvenAnswer | ProvenAttack]) -> str:
    return _count([one.is_proven for one in things])


def _count(proven: Iterable[bool]) -> str:
    """How many, and of how many where that is not all."""
    proven = list(proven)
    return str(len(proven)) if all(proven) else f"{sum(proven)} of {len(proven)}"
