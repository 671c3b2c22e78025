"""All that there is of one assignment, for the rules to look at."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from gradus.question import Question, load_questions
from gradus_staff.answer_key import Key, load_keys
from gradus_staff.answers import Answer, corpus_folder, read_answer
from gradus_staff.blueprint import asked_question
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.release_text import released
from gradus_staff.notebook_text import read_text

__all__ = ["Material", "load"]


@dataclass(frozen=True)
class Material:
    """One assignment.

    notebook      the instructor's version        public  the source of the questions' module, which students have
    right, wrong  the answer files
    """

    assignment: str
    notebook: NotebookNode
    questions: Mapping[str, Question]
    keys: Mapping[str, Key]
    right: Sequence[Answer] = ()
    wrong: Sequence[Answer] = ()
    public: str = ""
    release: NotebookNode = field(init=False)
    """The notebook as students get it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "release", released(self.notebook))

    def finding(self, rule: str, question: str, sentence: str, to_do: str) -> Finding:
        return Finding(rule, self.assignment, question, sentence, to_do)

    def accepts(self, finding: Finding) -> bool:
        """Does the key say that this is meant to be so?"""
        key = self.keys.get(finding.question)
        return key is not None and finding.rule in key.accepted

    def tracked(self) -> Iterator[tuple[str, NotebookNode]]:
        """The cells that nbgrader knows, by grade id, in order."""
        for cell in self.notebook.cells:
            if settings := cell.metadata.get("nbgrader"):
                yield str(settings.get("grade_id", "")), cell

    def judged(self) -> dict[str, NotebookNode]:
        """The graded cells that call a judge, by question."""
        found = {}
        for _, cell in self.tracked():
            if (
                cell.cell_type == "code"
                and cell.metadata.nbgrader.get("grade")
                and (name := asked_question(cell.source))
            ):
                found[name] = cell
        return found


def load(assignment: str) -> Material:
    """Everything by name; LookupError where the text, the questions or the key are missing."""
    questions, keys = load_questions(assignment), load_keys(assignment)
    module = importlib.import_module(next(iter(questions.values())).__module__)
    folder = corpus_folder() / assignment
    return Material(
        assignment,
        read_text(assignment),
        questions,
        keys,
        right=_answers(folder / "right"),
        wrong=_answers(folder / "wrong"),
        public=inspect.getsource(module),
    )


def _answers(folder: Path) -> list[Answer]:
    return [read_answer(path) for path in sorted(folder.glob("*.py"))]
