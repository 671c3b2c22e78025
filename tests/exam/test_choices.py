"""Every choice explains itself, and only after grading."""

import re
from importlib.resources import files

import pytest

from gradus.check import examine
from gradus.personal import numbers_of
from gradus.question import load_questions
from gradus_staff.answer_key import load_keys
from gradus_staff.judge import judge
from gradus_staff.key.exam_choices import CHOICES
from gradus_staff.notebook_text import read_text
from gradus_staff.rehearsal import grade_in_process

QUESTIONS = {name: question for name, question in load_questions("exam").items() if hasattr(question, "letters")}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_letter_is_right_or_has_a_sentence_of_its_own(name):
    choice = CHOICES[name]
    assert {choice.letter, *choice.wrong} == set(QUESTIONS[name].letters)
    assert len({choice.reason, *choice.wrong.values()}) == len(QUESTIONS[name].letters)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_verdict_on_every_letter_gives_the_reason(name):
    key = load_keys("exam")[name]
    for letter in QUESTIONS[name].letters:
        answer = (letter, False) if name == "3e" else letter
        cases = list(key.cases(None))
        verdict = judge(key, cases, [key.ask(answer, case) for case in cases], 3.0)
        assert CHOICES[name].reason in verdict.reason
        if letter == CHOICES[name].letter:
            assert (verdict.points, verdict.misconceptions) == (3.0, ())
        else:
            assert (verdict.points, verdict.misconceptions) == (0.0, (CHOICES[name].wrong[letter],))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_check_takes_every_letter_alike_and_nothing_else(name):
    def passes(letter):
        return all(row.passed for row in examine(QUESTIONS[name], (letter, True) if name == "3e" else letter))

    assert all(passes(letter) for letter in QUESTIONS[name].letters)
    assert not any(passes(other) for other in ("Z", "AB", 1, None))


def test_no_reason_and_no_right_letter_reaches_the_students():
    text = (
        files("gradus").joinpath("questions/exam.py").read_text()
        + files("gradus").joinpath("exam_figures.py").read_text()
    )
    released = re.sub(
        r"### BEGIN SOLUTION.*?### END SOLUTION", "", "".join(c.source for c in read_text("exam").cells), flags=re.S
    )
    for choice in CHOICES.values():
        for sentence in (choice.reason, *choice.wrong.values()):
            assert sentence not in text + released


def test_the_bonus_of_3e_is_worth_one_point_and_never_more_than_the_question():
    key = load_keys("exam")["3e"]
    cases = list(key.cases(None))

    def points(answer):
        return judge(key, cases, [key.ask(answer, case) for case in cases], 3.0).points

    assert [points(("A", True)), points(("A", False)), points(("B", True)), points(("B", False))] == [3, 3, 1, 0]


@pytest.mark.parametrize("student", ["ann", "bob", "carl"])
def test_the_reference_is_right_for_everybodys_own_numbers(student):
    notebook = read_text("exam")
    for cell in notebook.cells:
        cell.source = cell.source.replace('version="fixed"', 'version="personal"')
    verdicts = grade_in_process("exam", notebook, student=student)
    assert sum(v.points for v in verdicts.values()) == sum(v.max_points for v in verdicts.values()) == 160


def test_the_printed_numbers_lose_where_own_ones_were_given():
    notebook = read_text("exam")
    for cell in notebook.cells:
        cell.source = cell.source.replace('version="fixed"', 'version="personal"')
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "10b-answer":
            cell.source = f"output = {[[1, 3, 2, 0], [3, 0, 9, 4], [-2, 10, -2, 10], [-2, 1, 5, 2]]}"
    verdict = grade_in_process("exam", notebook, student="ann")["10b"]
    assert verdict.points < verdict.max_points
    assert any("your own" in sentence for sentence in verdict.misconceptions)
    assert numbers_of("exam", "ann", "gradus").image != numbers_of("exam", "", "gradus", "fixed").image
