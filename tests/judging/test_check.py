"""The visible half: a clear result, a sentence in place of a traceback, and a judge that never means full marks."""

import pytest
import torch

from gradus import probe
from gradus.check import CheckFailed, examine
from gradus.question import find_question, load_questions
from gradus.questions.soft_threshold import check, judge, symmetric_invertible_matrix


def right(y, T):
    return torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 3, torch.zeros_like(y)))


def wrong(y, T):
    return (y - T) ** 2


@pytest.fixture(autouse=True)
def _no_grader():
    yield
    probe.attach("")


def test_a_right_answer_passes(capsys):
    check("A", right)
    assert "4 of 4 examples" in capsys.readouterr().out


def test_a_wrong_answer_raises_one_sentence_and_shows_expected_found_and_hint(capsys):
    with pytest.raises(CheckFailed, match=r"\d of 4 examples did not come out as expected") as caught:
        check("A", wrong)
    shown = capsys.readouterr().out
    assert "y = -3.2, T = 2.81\n    expected -0.059319" in shown
    assert "Hint:" in shown
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_validate_which_shows_errors_alone_gets_the_table_in_lines_that_it_does_not_cut(monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    with pytest.raises(CheckFailed) as caught:
        check("A", wrong)
    (text,) = caught.value._render_traceback_()
    assert "expected -0.059319" in text and "Hint:" in text and "Traceback" not in text
    assert max(map(len, text.splitlines())) <= 82


ODD_ANSWERS = [
    None, 3, torch.zeros(2), object(), lambda y: y, lambda y, T: None, lambda y, T: "x", lambda y, T: 1 / 0,
    lambda y, T: float("nan"), lambda y, T: y.numpy(),
]  # fmt: skip


@pytest.mark.parametrize("answer", ODD_ANSWERS)
def test_whatever_a_student_hands_in_ends_in_a_row_with_a_sentence(answer):
    rows = examine(find_question("soft_threshold", "A"), answer)
    assert len(rows) == 4
    assert not any(row.passed for row in rows)
    assert all(row.sentence for row in rows)


def test_judge_without_a_grader_raises():
    with pytest.raises(probe.NoGraderError, match="no grader"):
        judge("A", right)


def test_a_failed_check_does_not_stop_a_graded_cell(capsys):
    probe.attach('{"nonce": "n", "assignment": "soft_threshold", "question": "A", "cases": []}')
    check("A", wrong)
    assert "of 4 examples" in capsys.readouterr().out


def test_unknown_names_are_answered_with_those_there_are():
    with pytest.raises(LookupError, match="A, B, C"):
        find_question("soft_threshold", "Z")
    with pytest.raises(LookupError, match="no assignment"):
        load_questions("nothing")
    with pytest.raises(LookupError):
        load_questions("../evil")


def test_the_handed_out_matrix_is_symmetric_invertible_and_the_same_for_everybody():
    M = symmetric_invertible_matrix(5)
    torch.testing.assert_close(M, M.T)
    assert torch.equal(M, symmetric_invertible_matrix(5))
    assert torch.linalg.matrix_rank(M) == 5
    with pytest.raises(ValueError, match="d = 0"):
        symmetric_invertible_matrix(0)
