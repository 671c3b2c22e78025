"""The first day's page: names with a number in front, the environment in sentences, the search."""

from types import SimpleNamespace

import pytest
import torch

import gradus.data
from gradus.environment import data_parts, environment, parts
from gradus.question import load_questions, module_name
from gradus.questions import start_here
from gradus_staff.answer_key import load_keys


def test_an_assignments_modules_are_called_as_it_is_less_a_number_in_front():
    assert module_name("00_start_here") == "start_here"
    assert module_name("soft_threshold") == module_name("02_soft_threshold") == "soft_threshold"
    assert load_questions("00_start_here").keys() == load_keys("00_start_here").keys() == {"A"}


@pytest.mark.parametrize("name", ["00_", "00", "a b", "0_1_a", "../key", "a.b", ""])
def test_a_name_that_no_module_can_have_is_refused(name):
    with pytest.raises(LookupError, match="is no assignment's name"):
        load_questions(name)


def test_the_judge_answers_for_an_assignment_with_a_number_in_front(monkeypatch):
    from gradus import probe

    told = []
    monkeypatch.setattr(probe, "_publish", lambda nonce, name, observations, seconds: told.append(name))
    monkeypatch.setattr(probe, "_attached", {"nonce": "", "assignment": "00_start_here", "question": "A", "cases": []})
    start_here.judge("A", None)
    assert told == ["A"]


def test_the_environment_is_said_in_sentences(capsys):
    environment()
    text = capsys.readouterr().out
    assert text.startswith("Everything is here.")
    for sentence in (
        "runs this notebook",
        "x² has the slope 6",
        "draws.",
        "nbgrader",
        "60,000 pictures",
        "500 to test",
    ):
        assert sentence in text


def test_stand_ins_are_no_failure_and_are_said(monkeypatch):
    nothing = SimpleNamespace(origin="stand-in")
    monkeypatch.setattr(gradus.data, "raw_fashion", lambda: nothing)
    monkeypatch.setattr(gradus.data, "trec_files", lambda: nothing)
    assert [part.status for part in data_parts()] == ["partly", "partly"]
    assert all("every plot says so" in part.sentence for part in data_parts())


def test_a_part_that_does_not_work_says_what_to_do(monkeypatch):
    def broken(*arguments, **options):
        raise ImportError("libtorch_cpu.so: cannot open shared object file")

    monkeypatch.setattr(torch, "tensor", broken)
    (part,) = (part for part in parts() if part.status == "failed")
    assert part.name == "PyTorch" and "libtorch_cpu.so" in part.sentence and "pip install torch" in part.sentence


def test_a_search_with_an_answer_of_the_wrong_shape_says_so():
    with pytest.raises(ValueError, match=r"came the shape \(2000, 1\), expected a tensor \(2000,\)"):
        start_here.search(lambda image, images: (images @ image).unsqueeze(1))
    with pytest.raises(ValueError, match="came list, expected a tensor"):
        start_here.search(lambda image, images: [0.0])


def test_a_slow_search_asks_fewer_pictures(monkeypatch):
    monkeypatch.setattr(start_here, "PATIENCE_SECONDS", 0.0)
    picture = start_here.search(lambda image, images: images @ image)
    assert "of 4 pictures" in picture._supxlabel.get_text()
