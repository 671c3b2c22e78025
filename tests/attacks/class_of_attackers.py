"""Two classes of attackers: one for Gradus, several attacks to a submission; one for plain nbgrader."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from attacks.corpus import Attack, attacks
from classroom import Classroom
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

FUNCTIONS = {
    "A-answer": "soft_threshold", "C-answer": "soft_threshold_derivative", "E-answer": "phi_and_gradients",
}  # fmt: skip
"""The solution cells that attackers fill, and the functions that are asked for there."""

IMPORTS = "from gradus.questions.soft_threshold import check, judge"


def name_of(attack: Attack) -> str:
    return attack.label.replace("/", "_")


class GradedRoom(Classroom):
    """who: attack -> student; report: what `gradus grade --json` wrote."""

    who: dict[str, str]
    report: dict
    outcome: subprocess.CompletedProcess[str]

    def said(self, student: str) -> str:
        """What the student reads: messages and notes of all verdicts."""
        verdicts = self.verdicts(student).values()
        lines = [part for verdict in verdicts for part in (verdict["message"], *verdict["notes"])]
        lines += [criterion["finding"] for verdict in verdicts for criterion in verdict["criteria"]]
        return " ".join(dict.fromkeys(line for line in lines if line))


def grade(room: Classroom) -> GradedRoom:
    """Submit every attack and one honest notebook; grade once."""
    room.__class__ = GradedRoom
    assert isinstance(room, GradedRoom)
    room.who = {}
    for number, group in enumerate(_groups()):
        _submit_answers(room, f"forger_{number}", group)
    tampered: dict[str, NotebookNode] = {}
    for attack in attacks("notebook"):
        student = f"tamperer_{attack.header['group']}"
        notebook = tampered.get(student) or _short(room, imports=False)
        tampered[student] = attack.defines("tamper")(notebook)
        room.who[attack.label] = student
    for student, notebook in tampered.items():
        room.submit(student, notebook)
    for attack in attacks("file"):
        room.who[attack.label] = name_of(attack)
        room.submit(name_of(attack), attack.defines("tamper")(nbformat.writes(_short(room, imports=False))))
    for attack in attacks("folder"):
        student = "linked" if attack.name == "linked_notebook" else "planter"
        if student not in room.who.values():
            room.submit(student, _short(room, imports=False))
        attack.defines("plant")(room.root / "submitted" / student / room.assignment, room.root)
        room.who[attack.label] = student
    _submit_pages(room)
    room.submit("zz_honest", room.reference)
    room.outcome = room.gradus("grade", room.assignment, "--json", "report.json")
    room.report = json.loads((room.root / "report.json").read_text())
    return room


def _groups() -> list[list[Attack]]:
    """Attacks that leave each other alone, three to a submission; those that change the whole kernel, two."""
    together = [attack for attack in attacks("answer") if attack.header.get("apart") != "yes"]
    apart = [attack for attack in attacks("answer") if attack.header.get("apart") == "yes"]
    return [
        *(together[start : start + 3] for start in range(0, len(together), 3)),
        *(apart[start : start + 2] for start in range(0, len(apart), 2)),
    ]


def _submit_answers(room: GradedRoom, student: str, group: list[Attack]) -> None:
    notebook = _short(room)
    for attack, (cell_name, function) in zip(group, FUNCTIONS.items(), strict=False):
        cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == cell_name)
        cell.source = attack.code.replace("NAME", function)
        room.who[attack.label] = student
    room.submit(student, notebook)


def _short(room: Classroom, imports: bool = True) -> NotebookNode:
    """The blank notebook without text and pictures; without imports, judging cannot even begin, and takes no time."""
    notebook = room.blank
    tracked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    notebook.cells = [*([new_code_cell(IMPORTS)] if imports else []), *tracked]
    return notebook


def _submit_pages(room: GradedRoom) -> None:
    notebook = _short(room, imports=False)
    notebook.cells += page_cells()
    room.submit("page", notebook)


def page_cells() -> list[NotebookNode]:
    """What attacks show, as cells."""
    cells = [new_code_cell(attack.code) for attack in attacks("page")]
    return cells + [new_markdown_cell(attack.defines("TEXT")) for attack in attacks("text")]


@dataclass
class Plain:
    """scores: student -> points, as the gradebook of plain nbgrader has them."""

    root: Path
    scores: dict[str, float] = field(default_factory=dict)

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=self.root, capture_output=True,
                              text=True, timeout=600, check=False)  # fmt: skip


def prepare_plainly(plain: Plain) -> None:
    """Make an ordinary nbgrader course, whose hidden test is an assert."""
    root = plain.root
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'plain'\n")
    (root / "source" / "plain").mkdir(parents=True)
    answer = "def soft_threshold(y, T):\n    return max(y - T, 0) ** 2"
    nbformat.write(plain_notebook(answer), root / "source" / "plain" / "plain.ipynb")
    assert plain.nbgrader("generate_assignment", "plain").returncode == 0


def grade_plainly(root: Path) -> Plain:
    """The same attackers there."""
    plain = Plain(root)
    prepare_plainly(plain)
    for attack in attacks("answer"):
        if attack.header.get("control", "yes") == "yes":
            hand_in(root, name_of(attack), plain_notebook(attack.code.replace("NAME", "soft_threshold")))
    folder = hand_in(root, "linked", plain_notebook(""))
    (folder / "plain.ipynb").unlink()
    (folder / "plain.ipynb").symlink_to(root / "source" / "plain" / "plain.ipynb")
    (folder / "notes.txt").symlink_to(root / "gradebook.db")
    plain.nbgrader("autograde", "plain")
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions("plain"):
            plain.scores[submission.student.id] = float(submission.score)
    return plain


def plain_notebook(answer: str) -> NotebookNode:
    settings = {"schema_version": 3, "task": False}
    solution = {**settings, "grade": False, "solution": True, "locked": False, "grade_id": "answer"}
    test = {**settings, "grade": True, "solution": False, "locked": True, "grade_id": "test", "points": 8}
    hidden = "### BEGIN HIDDEN TESTS\nassert abs(soft_threshold(3.2, 2.81) - 0.1521) < 1e-6\n### END HIDDEN TESTS"
    cells = [new_code_cell(answer, metadata={"nbgrader": solution}), new_code_cell(hidden, metadata={"nbgrader": test})]
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
    )


def hand_in(root: Path, student: str, notebook: NotebookNode) -> Path:
    folder = root / "submitted" / student / "plain"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "plain.ipynb")
    return folder
