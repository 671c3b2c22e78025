"""Every rule fires on an assignment with just that mistake, and is silent on a sound one."""

import pytest
from example import JUDGED, SOLUTION, A, B, KeyA, KeyB, cell, sound
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradus.question import Example
from gradus_staff.answer_key import Case
from gradus_staff.answers import Answer
from gradus_staff.lint import lint
from gradus_staff.lint.needed import nothing_needs_it


def variant(base, **attributes):
    return type(base.__name__, (base,), attributes)


def markdown(text):
    return new_markdown_cell(text)


def answer_cell(source):
    return cell(source, "A-answer", solution=True)


def judge_cell(source=JUDGED, **settings):
    return cell(source, "A", **{"grade": True, "locked": True, "points": 4, **settings})


def solved(head, line):
    return f"{head}\n    ### BEGIN SOLUTION\n    {line}\n    ### END SOLUTION\n"


SIX = "def weights(n):\n    values = [1 / (k + 1) ** 2 for k in range(n)]\n    total = sum(values)\n"
SIX += "    return [round(value / total, 4) for value in values]\n"
LONG_SOLUTION = answer_cell(SOLUTION + f"\n### BEGIN SOLUTION\n{SIX}### END SOLUTION\n")

BROKEN = {
    # rule, question, part of the sentence, what is changed
    "doubled id": ("grade-ids", "A", "2 cells have this grade id", {"more": judge_cell(points=1)}),
    "no id": ("grade-ids", "", "has no grade id", {"more": cell("x = 1\ndouble(x)", "", solution=True)}),
    "no points": ("grade-ids", "A", "worth nothing", {"A": judge_cell(points=0)}),
    "not locked": ("grade-ids", "A", "not locked", {"A": judge_cell(locked=False)}),
    "heading": ("points", "Question B: the area", "says 5 points, the cells below it have 3",
                {"B_text": markdown("## Question B: the area (5 points)")}),
    "parts": ("points", "Question A: twice", "says 3 + 3 points",
              {"A_text": markdown("## Question A: twice (3 + 3 points)")}),
    "no heading": ("points", "A", "No heading says", {"A_text": markdown("## Question A: twice")}),
    "total": ("points", "", "says 10 points in all, the cells add up to 9",
              {"title": markdown("# D\n\n**10 points.** X")}),
    "no total": ("points", "", "does not say what the assignment is worth", {"title": markdown("# D")}),
    "criterion without case": ("points", "A", "No case counts for the criterion “huge”",
                               {"keys": {"A": variant(KeyA, criteria={"small": 1, "large": 1, "huge": 1})}}),
    "case without criterion": ("points", "A", "which has no weight",
                               {"keys": {"A": variant(KeyA, criteria={"small": 1})}}),
    "no weight": ("points", "A", "weighs 0", {"keys": {"A": variant(KeyA, criteria={"small": 1, "large": 0})}}),
    "bonus only": ("points", "A", "no criterion but bonus ones",
                   {"keys": {"A": variant(KeyA, criteria={}, bonus={"small": 1, "large": 1})}}),
    "unjudged question": ("nothing-grades-it", "C", "No cell of the notebook judges",
                          {"questions": {"C": A()}, "keys": {"C": KeyA}}),
    "silence": ("nothing-grades-it", "extra", "silence gets full marks",
                {"more": cell("double(3)", "extra", grade=True, locked=True, points=1)}),
    "unused answer": ("nothing-grades-it", "C-answer", "reaches a judge",
                      {"more": cell(solved("def triple(x):", "return 3"), "C-answer", solution=True)}),
    "unmarked prose": ("nothing-grades-it", "why", "the cell is not graded",
                       {"more": new_markdown_cell("Why?", metadata=cell("", "why", solution=True).metadata)}),
    "no wrong answer": ("no-wrong-answer", "B", "No wrong answer", {"wrong": [Answer("cut", "", {}, {"A": "-"})]}),
    "cases shown": ("shown-already", "A", "nothing that the visible check has not shown",
                    {"keys": {"A": variant(KeyA, criteria={"small": 1}, cases=lambda key, rng: [Case("small", x=3)])}}),
    "answer shown": ("shown-already", "B", "shows the answer itself",
                     {"questions": {"B": variant(B, examples=[Example("both", [12.5678, 3.25], "Is it?")])()}}),
    "region left open": ("leak", "A-answer", "1 times ### BEGIN SOLUTION, 0 times",
                         {"A_answer": answer_cell("def double(x):\n    ### BEGIN SOLUTION\n    return x * 2\n")}),
    "solution in a plain cell": ("leak", "the cell “### BEGIN SOLUTION”", "nbgrader does not look for it",
                                 {"more": new_code_cell("### BEGIN SOLUTION\nanswer = 1\n### END SOLUTION")}),
    "judge in sight": ("leak", "A", "judge(...) stays", {"A": judge_cell('judge("A", double)')}),
    "return outside": ("leak", "A-answer", "What double returns stands outside",
                       {"A_answer": answer_cell(solved("def double(x):", "y = x + x") + "    return y * 1.0\n")}),
    "solution in the prose": ("leak", "A-answer", "tokens of the solution stand in what students get",
                              {"A_answer": LONG_SOLUTION,
                               "B_text": markdown(f"## Question B: the area (3 points)\n\n```\n{SIX}```")}),
    "solution in the questions": ("leak", "A-answer", "tokens of the solution",
                                  {"A_answer": LONG_SOLUTION, "public": SIX}),
    "sentence": ("leak", "A", "Students can read a sentence of the key",
                 {"public": "# Large numbers are cut off\n# at a thousand."}),
    "number": ("leak", "B", "The expected number 12.57 stands", {"public": "# The area is about 12.57."}),
    "no title": ("titles-and-hints", "A", "has no title", {"questions": {"A": variant(A, title="")()}}),
    "no examples": ("titles-and-hints", "A", "has no examples", {"questions": {"A": variant(A, examples=[])()}}),
    "no hint": ("titles-and-hints", "A", "“small” has no hint",
                {"questions": {"A": variant(A, examples=[Example("small", 6, x=3)])()}}),
}  # fmt: skip


CONSEQUENCES = {"points", "no-wrong-answer", "nothing-grades-it"}
"""What a cell too many or a question too many brings with it."""


def test_a_sound_assignment_has_no_findings():
    assert [str(finding) for finding in lint(sound())] == []


@pytest.mark.parametrize(("rule", "question", "sentence", "changes"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_found(rule, question, sentence, changes):
    findings = lint(sound(**changes))
    (finding,) = [one for one in findings if (one.rule, one.question) == (rule, question) and sentence in one.sentence]
    assert finding.to_do.endswith(".") and str(finding).startswith("doubling")
    assert {one.rule for one in findings} <= {rule, *CONSEQUENCES}


def test_a_finding_that_the_key_accepts_is_not_reported():
    accepted = variant(KeyB, accepted={"leak": "The area is printed on purpose."})
    assert not lint(sound(public="AREA = 12.5678", keys={"B": accepted}))
    assert lint(sound(public="AREA = 12.5678"))


def test_answers_reach_a_judge_through_other_cells_and_decorators():
    helper = cell(solved("def triple(x):", "return 3"), "C-answer", solution=True)
    using = answer_cell(solved("def double(x):", "return triple(x) - x"))
    assert not lint(sound(A_answer=using, more=helper))
    registered = cell(solved("@double.register\ndef other(x):", "return 3"), "C-answer", solution=True)
    assert not lint(sound(more=registered))


def test_a_criterion_is_needed_where_some_model_misses_it_alone():
    only_b = {"B": variant(KeyB, misconceptions={"It is zero.": [0, 0]})}
    assert not list(nothing_needs_it(sound(keys=only_b, wrong=[])))


@pytest.mark.parametrize(
    ("model", "rule"), [(lambda x: min(x * 2, 1000), "never-missed"), (lambda x: x + 1, "nothing-needs-it")]
)
def test_a_criterion_that_no_model_misses_alone_is_found(model, rule):
    keys = {
        "B": variant(KeyB, misconceptions={"It is zero.": [0, 0]}),
        "A": variant(KeyA, misconceptions={"It is wrong.": model}),
    }
    findings = list(nothing_needs_it(sound(keys=keys, wrong=[])))
    assert [(finding.rule, finding.question) for finding in findings] == [(rule, "A")]
    assert "“small”" in findings[0].sentence
