"""The private half of a question: hidden cases, the reference answer, weights, and models of mistakes."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from gradus.judging import Observation, Tolerance, decode
from gradus.judging.encoding import encode
from gradus.probe import observe, plain_inputs
from gradus.question import Question, find_question, module_name
from gradus_staff.student import EVERYBODY, Student

__all__ = ["Case", "Key", "Misconception", "find_key", "load_keys"]


@dataclass(frozen=True)
class Case:
    """One hidden input. It counts for a criterion, which is met where all its cases are.

    how     which of the question's `ask` methods ("" for `ask`)
    inputs  numbers, texts, lists, NumPy arrays: they travel encoded to the student's kernel, and nothing else does
    """

    criterion: str
    inputs: dict[str, Any] = field(default_factory=dict)
    how: str = ""

    def __init__(self, criterion: str, how: str = "", **inputs: Any) -> None:
        object.__setattr__(self, "criterion", criterion)
        object.__setattr__(self, "how", how)
        object.__setattr__(self, "inputs", inputs)

    def encoded_inputs(self) -> dict[str, Any]:
        return {name: encode(value) for name, value in self.inputs.items()}

    def decoded_inputs(self) -> dict[str, Any]:
        """The inputs just as they arrive in the student's kernel."""
        return plain_inputs({name: decode(value) for name, value in self.encoded_inputs().items()})


@dataclass(frozen=True)
class Misconception:
    """An executable model of a mistake: an answer as a student would give it who holds it.

    model  whatever `ask` takes as an answer      hint  a question that leads on      criteria  where it may be named
    """

    model: Any
    hint: str = ""


class Key:
    """The key to one question; subclasses are named like the question and live in gradus_staff.key.<module>.

    criteria        name -> weight; met where all cases of that name are
    bonus           name -> weight; makes good for losses, costs nothing
    answer          the reference answer, as a student would give it
    misconceptions  the sentence a student reads ("The cube is missing: both sides are squared.") -> its model
    """

    criteria: ClassVar[dict[str, float]] = {}
    bonus: ClassVar[dict[str, float]] = {}
    answer: ClassVar[Any] = None
    misconceptions: ClassVar[dict[str, Any]] = {}
    tolerance: ClassVar[Tolerance | None] = None
    """None: the question's own, else by dtype."""
    accepted: ClassVar[dict[str, str]] = {}
    """Findings of `gradus lint` that are meant to be so: rule -> why."""
    reason: ClassVar[str] = ""
    """Why the right answer is right, in one or two sentences; everybody reads it, after grading."""
    student: Student = EVERYBODY

    def __init__(self, question: Question) -> None:
        self.question = question

    def for_student(self, student: Student) -> Key:
        """This key, for the answers and the numbers of one student."""
        own = copy.copy(self)
        own.student = student
        return own

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        """The hidden cases, drawn for one student."""
        raise LookupError(f"key {type(self).__name__} has no cases")

    def expect(self, case: Case) -> Observation:
        """The right observation for a case, or a matcher. By default: what the reference answer gives."""
        return self.ask(self.answer, case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        """The sentence of a mistake that shows in the observation itself, for mistakes without a model."""
        return None

    def ask(self, answer: Any, case: Case) -> Observation:
        """Ask an answer of our own (the reference, a model) in this process, just as the student's is asked."""
        return decode(observe(self.question, answer, case.how, case.decoded_inputs()))

    def models(self) -> dict[str, Misconception]:
        """Every misconception by its sentence."""
        return {
            sentence: model if isinstance(model, Misconception) else Misconception(model)
            for sentence, model in self.misconceptions.items()
        }


def load_keys(assignment: str) -> dict[str, Key]:
    """All keys of an assignment by question; LookupError where there are none."""
    module_is = f"gradus_staff.key.{module_name(assignment)}"
    try:
        module = importlib.import_module(module_is)
    except ModuleNotFoundError as error:
        if error.name == module_is:
            raise LookupError(f"there is no answer key for {assignment!r} in gradus_staff.key") from None
        raise
    keys = {}
    for value in vars(module).values():
        is_key = isinstance(value, type) and issubclass(value, Key) and value.__module__ == module.__name__
        if is_key and ("label" in vars(value) or not value.__name__.startswith("_")):
            name = getattr(value, "label", value.__name__)
            keys[name] = value(find_question(assignment, name))
    return keys


def find_key(assignment: str, name: str) -> Key:
    """The key to one question; LookupError names those there are."""
    keys = load_keys(assignment)
    if name not in keys:
        raise LookupError(f"the key of {assignment} has no question {name!r}; it has {', '.join(keys)}")
    return keys[name]
