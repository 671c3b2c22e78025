"""Every right answer gets full marks; every wrong one loses points where it should, and its mistake is named."""

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pytest

from gradus_staff.answer_key import load_keys
from gradus_staff.answers import fill, grade_in_process, read_answer, with_solutions_removed
from gradus_staff.judge import judge
from gradus_staff.notebook_text import assignments, read_text
from gradus_staff.secret import generator

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*/*.py"))


def _label(path: Path) -> str:
    return f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}"


@pytest.fixture(autouse=True)
def _no_windows(monkeypatch):
    monkeypatch.setenv("GRADUS_SCALE", "grading")
    matplotlib.use("agg")
    yield
    plt.close("all")


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "right"], ids=_label)
def test_a_right_answer_gets_full_marks_in_any_style(path):
    verdicts = _grade(path)
    lost = {name: verdict.to_dict() for name, verdict in verdicts.items() if verdict.status != "passed"}
    assert not lost, f"{_label(path)} loses points: {lost}"


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "wrong"], ids=_label)
def test_a_wrong_answer_is_caught_and_named(path):
    answer, verdicts = read_answer(path), _grade(path)
    assert answer.loses, f"{_label(path)} does not say in its docstring which question loses points"
    by_question = {verdict.question: verdict for verdict in verdicts.values()}
    for question, sentence in answer.loses.items():
        verdict = by_question[question]
        assert verdict.points < verdict.max_points, f"{_label(path)}: full marks for {question}"
        named = [*verdict.misconceptions, verdict.message]
        assert sentence == "-" or any(s.startswith(sentence) for s in named), f"{question} is said to be: {named}"
    unharmed = {name: v.to_dict() for name, v in by_question.items() if name not in answer.loses}
    assert all(v["status"] == "passed" for v in unharmed.values()), unharmed


def _grade(path: Path):
    assignment = path.parts[-3]
    return grade_in_process(assignment, fill(read_text(assignment), read_answer(path)))


@pytest.mark.parametrize("assignment", assignments())
def test_the_blank_notebook_gets_nothing(assignment):
    verdicts = grade_in_process(assignment, with_solutions_removed(read_text(assignment)))
    assert verdicts
    assert {name: verdict.points for name, verdict in verdicts.items() if verdict.points} == {}


def _models():
    for assignment in assignments():
        for name, key in load_keys(assignment).items():
            for sentence, misconception in key.models().items():
                yield pytest.param(
                    assignment, name, misconception.model, sentence, id=f"{assignment}/{name}/{sentence}"
                )


@pytest.mark.parametrize(("assignment", "name", "model", "sentence"), _models())
def test_every_model_of_a_mistake_loses_points_and_is_named_as_itself(assignment, name, model, sentence):
    key = load_keys(assignment)[name]
    for student in ("ann", "bob"):
        cases = list(key.cases(generator(b"models", assignment, name, student)))
        verdict = judge(key, cases, [key.ask(model, case) for case in cases], 10.0)
        assert verdict.points < 10
        assert sentence in verdict.misconceptions, verdict.misconceptions
