"""Who the student is: said by the grader, else by JupyterHub, else entered once."""

import pytest

from gradus import personal


@pytest.fixture(autouse=True)
def _at_home(monkeypatch, tmp_path):
    for name in ("GRADUS_STUDENT", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GRADUS_HOME", str(tmp_path))


def _nobody_answers(prompt):
    raise EOFError


def test_the_grader_is_believed_before_the_hub_and_the_hub_before_the_student(monkeypatch):
    personal.enter_student_id("carl")
    assert personal.student_id() == "carl"
    monkeypatch.setenv("JUPYTERHUB_USER", "bob")
    assert personal.student_id() == "bob"
    monkeypatch.setenv("GRADUS_STUDENT", "ann")
    assert personal.student_id() == "ann"


def test_the_id_is_asked_for_once(monkeypatch):
    asked = []
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or "dora")
    assert [personal.student_id(), personal.student_id()] == ["dora", "dora"]
    assert len(asked) == 1


def test_where_nobody_can_be_asked_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr("builtins.input", _nobody_answers)
    with pytest.raises(ValueError, match="enter_student_id"):
        personal.student_id()


def test_capitals_and_spaces_do_not_change_the_numbers():
    one, other = (personal.numbers_of("conv_pool_by_hand", name, "gradus") for name in ("Ann ", "ann"))
    assert one == other


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_what_cannot_be_an_id_is_refused(name):
    with pytest.raises(ValueError, match="no student id"):
        personal.clean_id(name)


def test_another_student_and_another_course_have_other_numbers():
    ann = personal.numbers_of("conv_pool_by_hand", "ann", "gradus")
    assert ann != personal.numbers_of("conv_pool_by_hand", "bob", "gradus")
    assert ann != personal.numbers_of("conv_pool_by_hand", "ann", "next year")


def test_the_fixed_version_needs_no_id_and_is_the_lecture():
    numbers = personal.your_numbers("conv_pool_by_hand", course="gradus", version="fixed")
    assert numbers.size_3a.output == 16
    with pytest.raises(ValueError, match="'mine'"):
        personal.your_numbers("conv_pool_by_hand", course="gradus", version="mine")


def test_a_question_without_numbers_is_named():
    with pytest.raises(LookupError, match="'9Z'"):
        personal.numbers_of("conv_pool_by_hand", "ann", "gradus").show("9Z")
