"""Judges answers of our own: one at a time in this process, or many to one assignment, fast."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nbformat import NotebookNode

from gradus.judging import Observation, Verdict, decode
from gradus_staff.answer_key import Case, Key, load_keys
from gradus_staff.blueprint import asked_question
from gradus_staff.judge import judge
from gradus_staff.playing import Asked, Observations, Play
from gradus_staff.secret import generator
from gradus_staff.stage import Stage
from gradus_staff.student import Student, version_in

__all__ = ["Rehearsal", "grade_in_process", "remembering"]


def grade_in_process(
    assignment: str,
    notebook: NotebookNode,
    secret: bytes = b"in process",
    student: str = "nobody",
    classmates: tuple[str, ...] = (),
) -> dict[str, Verdict]:
    """Run a notebook's cells in this process and judge its answers: by grade id.

    For answers of our own only: nothing is isolated here.
    """
    score = _Score(assignment, notebook, secret, student, classmates)
    with _working_as(student):
        return score.judged(Play(assignment, _sources(notebook), score.asked()).to_the_end())


class Rehearsal:
    """Grades many answers to one assignment, as `grade_in_process` does, without doing anything twice.

    What is run: the cells before the first that an answer changes, once; the others in a fork of that process. Answers
    that come in the order of the cells that they change need one such process. What is judged: an observation that
    was judged before has the verdict it had; reference and models of mistakes are asked each case once.
    """

    def __init__(self, assignment: str, notebook: NotebookNode, student: str = "nobody") -> None:
        self.assignment = assignment
        self._student = student
        self._sources = _sources(notebook)
        self._score = _Score(assignment, notebook, b"in process", student, ())
        self._stage: Stage | None = None
        self._before: Observations = {}

    def grade(self, filled: NotebookNode) -> dict[str, Verdict]:
        """The verdicts on a notebook that differs from ours in its sources alone: by grade id.

        Raises ValueError for another notebook, RuntimeError where its process ends before its last cell.
        """
        sources = _sources(filled)
        if list(sources) != list(self._sources):
            raise ValueError(f"this is not {self.assignment} with other sources: it has other code cells")
        changed = {index: source for index, source in sources.items() if source != self._sources[index]}
        first = min(changed, default=max(sources) + 1)
        if self._stage is None or self._stage.place > first:
            self.close()
            self._stage = Stage(self.assignment, self._sources, self._score.asked(), self._student)
        self._before |= self._stage.move_to(first)
        return self._score.judged({**self._before, **self._stage.play(changed)})

    def close(self) -> None:
        """End what is running."""
        if self._stage is not None:
            self._stage.close()
        self._stage, self._before = None, {}


class _Score:
    """What a notebook's graded cells ask one student, and the key to it."""

    def __init__(
        self, assignment: str, notebook: NotebookNode, secret: bytes, student: str, classmates: tuple[str, ...]
    ) -> None:
        course, version = version_in(_sources(notebook).values())
        reader = Student(student, course, version, classmates)
        known = load_keys(assignment)
        self._graded: dict[int, tuple[str, float, Key, list[Case]]] = {}
        self._verdicts: dict[tuple[int, str], Verdict] = {}
        for index, cell in enumerate(notebook.cells):
            settings = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and settings.get("grade") and (name := asked_question(cell.source)):
                key = known[name].for_student(reader)
                cases = list(key.cases(generator(secret, assignment, assignment, name, student)))
                self._graded[index] = settings["grade_id"], float(settings["points"]), remembering(key), cases

    def asked(self) -> dict[int, Asked]:
        """By index of the cell."""
        return {
            index: (key.question.name, [(case.how, case.encoded_inputs()) for case in cases])
            for index, (_, _, key, cases) in self._graded.items()
        }

    def judged(self, observations: Observations) -> dict[str, Verdict]:
        """The verdicts: by grade id."""
        verdicts = {}
        for index, (grade_id, points, key, cases) in self._graded.items():
            place = index, json.dumps(observations[index])
            if place not in self._verdicts:
                self._verdicts[place] = judge(key, cases, [decode(one) for one in observations[index]], points)
            verdicts[grade_id] = self._verdicts[place]
        return verdicts


def remembering(key: Key) -> Key:
    """A key that asks an answer each case once: for answers and cases that are the same objects again and again."""
    known: dict[tuple[int, int], tuple[Any, Case, Observation]] = {}
    expected: dict[int, tuple[Case, Observation]] = {}

    def ask(answer: Any, case: Case) -> Observation:
        place = id(answer), id(case)  # both are kept, so that nothing else comes to have their ids
        if place not in known:
            known[place] = answer, case, type(own).ask(own, answer, case)
        return known[place][2]

    def expect(case: Case) -> Observation:
        if id(case) not in expected:
            expected[id(case)] = case, type(own).expect(own, case)
        return expected[id(case)][1]

    own = copy.copy(key)
    vars(own).update(ask=ask, expect=expect)
    return own


def _sources(notebook: NotebookNode) -> dict[int, str]:
    return {index: cell.source for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"}


@contextmanager
def _working_as(student: str) -> Iterator[None]:
    """What the grader tells a kernel about its student."""
    before = os.environ.get("GRADUS_STUDENT")
    os.environ["GRADUS_STUDENT"] = student
    try:
        yield
    finally:
        if before is None:
            del os.environ["GRADUS_STUDENT"]
        else:
            os.environ["GRADUS_STUDENT"] = before
