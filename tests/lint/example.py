"""A small sound assignment, for tests to break."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from gradus.judging import Numbers
from gradus.question import Example, Question
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.answers import Answer
from gradus_staff.lint import Material

SOLUTION = """def double(x):
    ### BEGIN SOLUTION
    return x * 2 + 0
    ### END SOLUTION
"""
JUDGED = """check("A", double)
### BEGIN HIDDEN TESTS
judge("A", double)
### END HIDDEN TESTS
"""
PROSE = """Your answer here.

### BEGIN MARK SCHEME
One point for saying that it is twice as much.
### END MARK SCHEME
"""


def cell(source, grade_id, **settings):
    """A cell that nbgrader tracks; Markdown where it is graded and a solution."""
    known = {"grade": False, "solution": False, "task": False, "locked": False, "schema_version": 3}
    new = new_markdown_cell if settings.get("grade") and settings.get("solution") else new_code_cell
    return new(source, metadata={"nbgrader": {**known, **settings, "grade_id": grade_id}})


class A(Question):
    title = "twice as much"
    examples = [Example("small", 6, "What is 3 + 3?", x=3)]

    def ask(self, answer, x):
        return answer(x)


class B(Question):
    title = "the area"
    examples = [Example("the format", Numbers(shape=(2,)))]
    loose = True


class KeyA(Key):
    label = "A"
    criteria = {"small": 1, "large": 1}
    answer = staticmethod(lambda x: x * 2)
    misconceptions = {
        "Large numbers are cut off at a thousand.": Misconception(lambda x: min(x * 2, 1000), "Is there a limit?"),
        "Small numbers are squared in place of doubled.": Misconception(lambda x: x * x if x < 100 else x * 2),
    }

    def cases(self, rng):
        yield Case("small", x=int(rng.integers(5, 50)))
        yield Case("large", x=int(rng.integers(1000, 5000)))


class KeyB(Key):
    label = "B"
    criteria = {"both": 1}
    answer = [12.5678, 3.25]

    def cases(self, rng):
        yield Case("both")


def sound(**changes):
    """The sound assignment. changes: other questions, keys, wrong, public, or cells by grade id or position."""
    cells = {
        "title": new_markdown_cell("# Doubling\n\n**9 points.** Numbers, twice."),
        "import": new_code_cell("from gradus.questions.doubling import check, judge"),
        "A-text": new_markdown_cell("## Question A: twice (4 + 2 points)"),
        "A-answer": cell(SOLUTION, "A-answer", solution=True),
        "A": cell(JUDGED, "A", grade=True, locked=True, points=4),
        "A-why": cell(PROSE, "A-why", grade=True, solution=True, points=2),
        "B-text": new_markdown_cell("## Question B: the area (3 points)"),
        "B-answer": cell("### BEGIN SOLUTION\narea = [12.5678, 3.25]\n### END SOLUTION", "B-answer", solution=True),
        "B": cell(JUDGED.replace("double", "area").replace('"A"', '"B"'), "B", grade=True, locked=True, points=3),
    }
    parts = {
        "questions": {"A": A(), "B": B()},
        "wrong": [Answer("cut", "", {"A-answer": ""}, {"A": "-"}), Answer("typed", "", {"B-answer": ""}, {"B": "-"})],
        "public": "class A(Question): ...",
    }
    parts["questions"].update(changes.pop("questions", {}))
    parts["keys"] = {"A": KeyA(parts["questions"]["A"]), "B": KeyB(parts["questions"]["B"])}
    parts["keys"].update({name: key(parts["questions"][name]) for name, key in changes.pop("keys", {}).items()})
    for name in list(changes):
        if name in parts:
            parts[name] = changes.pop(name)
    cells.update({name.replace("_", "-"): one for name, one in changes.items()})
    return Material("doubling", new_notebook(cells=list(cells.values())), **parts)
