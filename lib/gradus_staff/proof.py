"""What the corpora of answers and attacks have shown: read from the tests' records, and what they have not shown."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gradus_staff.answers import Answer, read_answer
from gradus_staff.course import CourseError

__all__ = ["Proof", "ProvenAnswer", "ProvenAttack", "read_proof"]


@dataclass(frozen=True)
class ProvenAnswer:
    """One answer file.

    label  <assignment>/right|wrong/<name>      found  what its test wrote down; None where it was not run
    """

    label: str
    answer: Answer
    found: dict[str, Any] | None

    @property
    def is_proven(self) -> bool:
        return self.found is not None and bool(self.found["passed"])


@dataclass(frozen=True)
class ProvenAttack:
    """One attack.

    header   nbgrader: what plain nbgrader lets happen, gradus: what becomes of it here
    stopped  was it stopped, in every test that tried it; None where none did
    control  where the same attack was seen to succeed, or empty
    """

    label: str
    title: str
    header: dict[str, str]
    stopped: bool | None
    control: str
    has_failed_control: bool = False
    said: str = ""

    @property
    def is_proven(self) -> bool:
        return self.stopped is True and not self.has_failed_control


@dataclass
class Proof:
    """All that there is to prove, and what was found."""

    day: date
    assignments: list[str]
    right: dict[str, list[ProvenAnswer]] = field(default_factory=dict)
    wrong: dict[str, list[ProvenAnswer]] = field(default_factory=dict)
    models: dict[str, dict[str, bool]] = field(default_factory=dict)
    blank: dict[str, bool] = field(default_factory=dict)
    attacks: list[ProvenAttack] = field(default_factory=list)

    def shortcomings(self) -> list[str]:
        """A sentence for everything that is not proven."""
        found = []
        for answers, fault in ((self.right, "loses points"), (self.wrong, "is not caught, or not by its name")):
            for one in (one for answers_of in answers.values() for one in answers_of if not one.is_proven):
                found.append(f"{one.label}: {fault if one.found else 'was not graded'}.")
        for assignment in self.assignments:
            if not self.blank.get(assignment):
                found.append(f"{assignment}: the blank notebook was not shown to get nothing.")
            for name, holds in self.models[assignment].items():
                if not holds:
                    found.append(f"{name}: the model of this mistake is not named as itself.")
        for attack in (attack for attack in self.attacks if not attack.is_proven):
            fault = {None: "was not tried", False: "was not stopped"}.get(attack.stopped, "cannot be seen to succeed")
            found.append(f"attacks/{attack.label}: {fault}.")
        return found


def read_proof(repository: Path, records: Iterable[Path]) -> Proof:
    """What there is to prove in a clone, and what the records of its tests say of it.

    records  files that `pytest --proof FILE` wrote; CourseError where one cannot be read
    """
    found, day = _read_records(records)
    of_kind = {kind: [one for one in found if one["kind"] == kind] for kind in ("right", "wrong", "model", "blank")}
    by_label = {one["about"][0]: one for kind in ("right", "wrong") for one in of_kind[kind]}
    tests = repository / "tests"
    names = sorted({path.parts[-3] for path in (tests / "answers").glob("*/*/*.py")})
    proof = Proof(day, names)
    for name in names:
        for kind, place in (("right", proof.right), ("wrong", proof.wrong)):
            labels = {f"{name}/{kind}/{path.stem}": path for path in (tests / "answers" / name / kind).glob("*.py")}
            place[name] = [ProvenAnswer(k, read_answer(path), by_label.get(k)) for k, path in sorted(labels.items())]
        models = [one for one in of_kind["model"] if one["about"][0].startswith(f"{name}/")]
        proof.models[name] = {one["about"][0]: bool(one["passed"]) for one in models}
    proof.blank = {one["about"][0]: bool(one["passed"]) for one in of_kind["blank"]}
    proof.attacks = [_attack(path, found) for path in sorted((tests / "attacks").glob("*/*.py"))]
    return proof


def _read_records(records: Iterable[Path]) -> tuple[list[dict[str, Any]], date]:
    found, days = [], []
    for path in records:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            found += content["found"]
            days.append(date.fromisoformat(content["date"]))
        except (OSError, ValueError, KeyError) as error:
            raise CourseError(
                f"{path} is no record of the tests ({error}); run `gradus proof` without --from"
            ) from error
    if not days:
        raise CourseError("there are no records of the tests; run `gradus proof` without --from")
    return found, min(days)


def _attack(path: Path, found: list[dict[str, Any]]) -> ProvenAttack:
    label = f"{path.parent.name}/{path.stem}"
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    title, _, rest = docstring.partition("\n")
    tried = [one for one in found if one["kind"] == "attack" and label in one["about"]]
    controls = [one for one in found if one["kind"] == "control" and label in one["about"]]
    return ProvenAttack(
        label,
        title.strip(),
        dict(re.findall(r"^(\w+): (.*)$", rest, re.MULTILINE)),
        all(one["passed"] for one in tried) if tried else None,
        ", ".join(dict.fromkeys(one["where"] for one in controls if one["passed"])),
        not all(one["passed"] for one in controls),
        next((str(one["said"]) for one in tried if one.get("said")), ""),
    )
