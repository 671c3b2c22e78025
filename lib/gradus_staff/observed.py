"""What was observed of a submission, kept beside its autograded notebook: enough to judge it anew, nothing to run.

`autograded/STUDENT/ASSIGNMENT/NOTEBOOK.observations.json`, JSON. It never reaches a student: nbgrader's further steps
leave files of this name out (CourseDirectory.ignore in nbgrader_config.py).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradus.judging import MalformedError, Observation, decode, encode
from gradus_staff.answer_key import Case

__all__ = ["Observed", "ObservedAnswer", "digest_of", "observed_path", "read_observed", "write_observed"]

_FORMAT = 1


@dataclass(frozen=True)
class ObservedAnswer:
    """What the student's answer to one question gave.

    cases  digest_of the cases that were asked        notes  sentences about the cell, from reading and running it
    """

    question: str
    cases: str
    observations: tuple[Observation, ...]
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass
class Observed:
    """All answers of one notebook, by grade id; a question that was not judged has none."""

    student: str
    notebook: str
    answers: dict[str, ObservedAnswer] = field(default_factory=dict)


def digest_of(cases: Sequence[Case]) -> str:
    """The same for the same questions with the same inputs, whatever is expected and whatever it is worth."""
    asked = [[case.how, case.encoded_inputs()] for case in cases]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def observed_path(folder: Path, notebook: str) -> Path:
    return folder / f"{notebook}.observations.json"


def write_observed(folder: Path, observed: Observed) -> None:
    """Write it whole, in place of whatever has that name."""
    path = observed_path(folder, observed.notebook)
    answers = {
        grade_id: {
            "question": answer.question,
            "cases": answer.cases,
            "observations": [encode(one) for one in answer.observations],
            "seconds": round(answer.seconds, 4),
            "notes": list(answer.notes),
        }
        for grade_id, answer in observed.answers.items()
    }
    data: dict[str, Any] = {"format": _FORMAT, "student": observed.student, "notebook": observed.notebook}
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.write_text(json.dumps({**data, "answers": answers}), encoding="utf-8")
    os.replace(draft, path)


def read_observed(folder: Path, notebook: str) -> Observed:
    """ValueError, a sentence, where there is none or it cannot be read."""
    path = observed_path(folder, notebook)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError("another format")
        answers = {
            str(grade_id): ObservedAnswer(
                str(one["question"]),
                str(one["cases"]),
                tuple(decode(node) for node in one["observations"]),
                float(one["seconds"]),
                tuple(map(str, one["notes"])),
            )
            for grade_id, one in data["answers"].items()
        }
        return Observed(str(data["student"]), str(data["notebook"]), answers)
    except FileNotFoundError:
        raise ValueError(f"{path.name} is missing beside the autograded notebook") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, MalformedError) as error:
        raise ValueError(f"{path.name} could not be read ({error})") from error
