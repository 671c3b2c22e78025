"""Every right answer gets full marks; every wrong one loses points where it should, and its mistake is named."""

import re
from functools import cache
from pathlib import Path

import pytest

from gradus_staff.answer_key import load_keys
from gradus_staff.answers import fill, read_answer, with_solutions_removed
from gradus_staff.judge import judge
from gradus_staff.notebook_text import assignments, read_text
from gradus_staff.rehearsal import Rehearsal, remembering
from gradus_staff.secret import generator

HERE = Path(__file__).parent


@cache
def _places(assignment: str) -> dict[str, int]:
    """Grade id -> where the cell stands."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in read_text(assignment).cells]
    return {name: index for index, name in enumerate(ids) if name}


def _place(path: Path) -> tuple[str, int, str]:
    """By the first cell that an answer fills: in this order, what answers share is run once (see Rehearsal)."""
    filled = re.search(r"^# %% (?:\[markdown\] )?([\w-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return path.parts[-3], _places(path.parts[-3]).get(filled[1], 0) if filled else 0, _label(path)


def _label(path: Path) -> str:
    return f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}"


def _files(kind: str) -> list[Path]:
    return sorted(HERE.glob(f"*/{kind}/*.py"), key=_place)


@pytest.fixture(autouse=True)
def _at_the_scale_of_grading(monkeypatch):
    monkeypatch.setenv("GRADUS_SCALE", "grading")


@pytest.fixture(scope="module")
def grade():
    """Grades a notebook of an assignment: grade id -> verdict."""
    current: list[Rehearsal] = []

    def grade(assignment, notebook):
        if not current or current[0].assignment != assignment:
            if current:
                current.pop().close()
            current.append(Rehearsal(assignment, read_text(assignment)))
        return current[0].grade(notebook)

    yield grade
    for rehearsal in current:
        rehearsal.close()


@pytest.mark.parametrize("path", _files("right"), ids=_label)
def test_a_right_answer_gets_full_marks_in_any_style(path, grade, proof):
    verdicts = _grade(path, grade)
    lost = {name: verdict.to_dict() for name, verdict in verdicts.items() if verdict.status != "passed"}
    points = [sum(v.points for v in verdicts.values()), sum(v.max_points for v in verdicts.values())]
    proof("right", _label(path), points=points)
    assert not lost, f"{_label(path)} loses points: {lost}"


@pytest.mark.parametrize("path", _files("wrong"), ids=_label)
def test_a_wrong_answer_is_caught_and_named(path, grade, proof):
    answer, verdicts = read_answer(path), _grade(path, grade)
    by_question = {verdict.question: verdict for verdict in verdicts.values()}
    proof("wrong", _label(path), said={question: _said(by_question[question]) for question in answer.loses})
    assert answer.loses, f"{_label(path)} does not say in its docstring which question loses points"
    for question, sentence in answer.loses.items():
        verdict = by_question[question]
        assert verdict.points < verdict.max_points, f"{_label(path)}: full marks for {question}"
        named = [*verdict.misconceptions, verdict.message]
        assert sentence == "-" or any(s.startswith(sentence) for s in named), f"{question} is said to be: {named}"
    unharmed = {name: v.to_dict() for name, v in by_question.items() if name not in answer.loses}
    assert all(v["status"] == "passed" for v in unharmed.values()), unharmed


def _said(verdict):
    return [verdict.points, verdict.max_points, list(verdict.misconceptions) or [verdict.message]]


def _grade(path, grade):
    assignment = path.parts[-3]
    return grade(assignment, fill(read_text(assignment), read_answer(path)))


@pytest.mark.parametrize("assignment", assignments())
def test_the_blank_notebook_gets_nothing(assignment, grade, proof):
    verdicts = grade(assignment, with_solutions_removed(read_text(assignment)))
    proof("blank", assignment)
    assert verdicts
    assert {name: verdict.points for name, verdict in verdicts.items() if verdict.points} == {}


def _models():
    for assignment in assignments():
        for name, key in load_keys(assignment).items():
            for sentence in key.models():
                yield pytest.param(assignment, name, sentence, id=f"{assignment}/{name}/{sentence}")


@cache
def _asked(assignment, name, student):
    """A key, and the hidden cases of a student."""
    key = remembering(load_keys(assignment)[name])
    return key, list(key.cases(generator(b"models", assignment, name, student)))


@pytest.mark.parametrize(("assignment", "name", "sentence"), _models())
def test_every_model_of_a_mistake_loses_points_and_is_named_as_itself(assignment, name, sentence, proof):
    proof("model", f"{assignment}/{name}/{sentence}")
    for student in ("ann", "bob"):
        key, cases = _asked(assignment, name, student)
        model = key.models()[sentence].model
        verdict = judge(key, cases, [key.ask(model, case) for case in cases], 10.0)
        assert verdict.points < 10
        assert sentence in verdict.misconceptions, verdict.misconceptions
