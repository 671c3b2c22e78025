"""A question as students have it: how it is asked, and the examples that everybody may see."""

from __future__ import annotations

import importlib
import re
from typing import Any, ClassVar

from gradus.judging import Tolerance

__all__ = ["Example", "Question", "find_question", "load_questions", "module_name"]


class Example:
    """One visible example: the inputs, what should come out, and a hint that is a question.

    criterion  what it shows; the hidden cases use the same words
    gives      a plain value, or a matcher of `gradus.judging`
    ask        which of the question's `ask` methods: "" for `ask`, "gradient" for `ask_gradient`
    """

    def __init__(self, criterion: str, gives: Any, hint: str = "", ask: str = "", **inputs: Any) -> None:
        self.criterion = criterion
        self.gives = gives
        self.hint = hint
        self.how = ask
        self.inputs = inputs


class Question:
    """The public half of a question. Subclasses are named as in the notebook: `check("A", answer)` finds class `A`.

    ask(self, answer, **inputs) runs beside the student's code and returns what is to be judged; further methods
    `ask_<how>` look at the answer in other ways. They get inputs as plain numbers, lists and NumPy arrays.
    """

    title: ClassVar[str] = ""
    examples: ClassVar[list[Example]] = []
    tolerance: ClassVar[Tolerance | None] = None
    """None: by dtype, see gradus.judging.compare."""
    loose: ClassVar[bool] = False
    """True where anything that reads as the right numbers will do (lists, arrays, fractions)."""

    def ask(self, answer: Any, **inputs: Any) -> Any:
        """The answer itself; override where it must be called."""
        return answer

    @property
    def name(self) -> str:
        return getattr(type(self), "label", type(self).__name__.lstrip("_"))

    def asking(self, how: str) -> Any:
        """The bound `ask` method for one way of asking."""
        method = getattr(self, f"ask_{how}" if how else "ask", None)
        if method is None:
            raise LookupError(f"question {self.name} has no method ask_{how}")
        return method


def module_name(assignment: str) -> str:
    """What the modules of an assignment are called: its name, less a number in front that a module cannot have.

    >>> module_name("00_start_here")
    'start_here'

    Raises LookupError where nothing is left that a module can be called.
    """
    name = re.sub(r"^\d+_", "", assignment)
    if not name.isidentifier():
        raise LookupError(f"{assignment!r} is no assignment's name")
    return name


def load_questions(assignment: str) -> dict[str, Question]:
    """All questions of `gradus.questions.<module>` by name; LookupError where there is no such assignment."""
    name = module_name(assignment)
    try:
        module = importlib.import_module(f"gradus.questions.{name}")
    except ModuleNotFoundError as error:
        if error.name == f"gradus.questions.{name}":
            raise LookupError(f"there is no assignment {assignment!r} in gradus.questions") from None
        raise
    found = {}
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Question) and value.__module__ == module.__name__:
            if value.__name__.startswith("_") and "label" not in vars(value):
                continue
            question = value()
            found[question.name] = question
    return found


def find_question(assignment: str, name: str) -> Question:
    """One question by name; LookupError names those there are."""
    questions = load_questions(assignment)
    if name not in questions:
        raise LookupError(f"{assignment} has no question {name!r}; it has {', '.join(questions)}")
    return questions[name]
