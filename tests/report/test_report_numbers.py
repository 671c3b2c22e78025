"""The report's numbers, against numbers worked out by hand."""

import math

import pytest
from made_up import answer, small_class, submission

from gradus_staff.report.attention import KINDS, reasons_of, reasons_of_verdict
from gradus_staff.report.record import Reason, without_names
from gradus_staff.report.statistics import (
    correlation,
    difficulty,
    discrimination,
    failing_criteria,
    holders,
    quantile,
    score_columns,
)
from gradus_staff.report.summary import summarise
from gradus_staff.report.words import duration, number, percent, seconds, signed


def judged():
    return [one for one in small_class().submissions if one.state == "judged"]


def test_difficulty_is_the_mean_share_of_the_points():
    assert difficulty([1.0, 1.0, 0.5, 0.0]) == 0.625
    assert difficulty([]) is None


def test_discrimination_correlates_a_question_with_the_rest_of_the_score():
    # A: 10 10 5 0, rest (B alone, for P waits): 10 5 0 5; deviations 3.75 3.75 -1.25 -6.25 and 5 0 -5 0
    by_hand = (3.75 * 5 + -1.25 * -5) / math.sqrt((2 * 3.75**2 + 1.25**2 + 6.25**2) * 50)
    assert discrimination(judged(), "A") == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.4264, abs=1e-4)


def test_a_question_that_the_strong_ones_fail_has_a_negative_discrimination():
    assert discrimination([submission("a", 0, 10), submission("b", 5, 5), submission("c", 10, 0)], "A") == -1.0


def test_discrimination_is_undefined_where_there_is_no_spread_or_hardly_anybody():
    assert discrimination([submission(name, 10.0, b) for name, b in zip("abc", (0, 5, 10), strict=True)], "A") is None
    assert discrimination([submission(name, a, 5.0) for name, a in zip("abc", (0, 5, 10), strict=True)], "A") is None
    assert discrimination(judged()[:2], "A") is None
    assert discrimination(judged(), "P") is None
    assert correlation([], []) is None


def test_quantiles_lie_between_neighbours():
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([1, 2, 3, 4, 5], 0.25) == 2
    assert quantile([7], 0.9) == 7
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_the_histogram_has_a_column_of_its_own_for_all_points():
    class_ = [submission("a", 10, 10), submission("b", 10, 9.9), submission("c", 1, 1), submission("d", 0, 1.9)]
    class_.append(submission("e", 0, 0, state="not judged"))
    columns = score_columns(class_, 20.0)
    assert [column.judged for column in columns] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert [column.not_judged for column in columns] == [1, *[0] * 10]
    assert (columns[1].low, columns[1].high) == (2.0, 4.0)
    assert (columns[10].low, columns[10].high) == (20.0, 20.0)


def test_points_on_an_edge_belong_to_the_column_above_it_whatever_the_rounding():
    columns = score_columns([submission("a", sum([0.1] * 8), 0)], 1.0)
    assert columns[8].judged == 1


def test_extra_credit_is_in_the_column_of_all_points():
    assert score_columns([submission("a", 12, 10)], 20.0)[10].judged == 1


def test_failing_criteria_count_judged_answers_only_and_each_question_by_itself():
    answers = [
        answer("A", 5, criteria=[("sign", False), ("shape", True)]),
        answer("A", 5, criteria=[("sign", False), ("shape", False)]),
        answer("A", 0, status="not judged"),
        answer("B", 5, criteria=[("sign", True)]),
    ]
    found = [(one.question, one.name, one.failed, one.judged, one.share) for one in failing_criteria(answers)]
    assert found == [("A", "sign", 2, 2, 1.0), ("A", "shape", 1, 2, 0.5)]


def test_who_holds_a_misconception_counts_once_in_however_many_questions_it_shows():
    one = submission("a", 0, 0, misconceptions=["flipped"])
    both = one.__class__("b", "judged", 0, 25, (*one.answers, answer("B", 0, misconceptions=["flipped", "rare"])))
    found = holders([one, both])
    assert [(h.sentence, h.questions, h.students) for h in found] == [
        ("flipped", ("A", "B"), ("a", "b")),
        ("rare", ("B",), ("b",)),
    ]


def test_a_file_that_could_not_be_read_counts_in_the_scores_but_tells_nothing_about_questions():
    summary = summarise(small_class())
    assert summary.scores.number == 5
    assert summary.scores.median == 5.0
    assert summary.scores.full == 0  # 20 of 25: the prose waits
    assert summary.questions[0].number == 4
    assert summary.questions[0].mean_share == 0.625
    assert summary.questions[2].mean_share is None
    assert summary.questions[2].statuses == {"waiting": 4}


def test_prose_of_which_some_is_marked_says_nothing_yet():
    record = small_class()
    first = record.submissions[0]
    marked = first.__class__(**{**vars(first), "answers": (*first.answers[:2], answer("P", 0.0, most=5.0))})
    summary = summarise(record.__class__(record.assignment, record.questions, (marked, *record.submissions[1:])))
    assert summary.questions[2].statuses == {"failed": 1, "waiting": 3}
    assert summary.questions[2].mean_share is None
    assert summary.questions[2].discrimination is None


def test_who_needs_a_human_is_listed_by_reason_and_waiting_for_marks_is_no_alarm():
    record = small_class()
    waiting = record.submissions[0]
    waiting = waiting.__class__(**{**vars(waiting), "reasons": (Reason("waiting", "P"),)})
    summary = summarise(record.__class__(record.assignment, record.questions, (waiting, *record.submissions[1:])))
    assert [one.kind for one in summary.reasons] == ["nothing judged", "crashed", "waiting"]
    assert summary.to_look_at == ("fay", "eve")
    assert summary.waiting == 1
    assert [one.student for one in summary.late] == ["bob"]


def test_submissions_that_are_not_graded_yet_are_in_no_statistics():
    record = small_class()
    new = submission("zoe", 0, 0, state="not graded", reasons=[Reason("not graded")])
    summary = summarise(record.__class__(record.assignment, record.questions, (*record.submissions, new)))
    assert summary.scores.number == 5
    assert summary.to_look_at[0] == "zoe"


def test_an_empty_class_has_a_report():
    record = small_class()
    summary = summarise(record.__class__(record.assignment, record.questions, ()))
    assert summary.scores.number == 0
    assert summary.questions[0].mean_share is None


def test_without_names_nothing_is_left_that_could_hold_one():
    text = repr(without_names(small_class("Mallory")))
    for name in ("ann", "bob", "cid", "Mallory", "fay"):
        assert name not in text
    assert [one.student for one in without_names(small_class()).submissions] == [f"no. {i}" for i in range(1, 6)]
    assert [one.points for one in without_names(small_class()).submissions] == [20, 15, 5, 5, 0]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Not judged: the kernel died while this cell ran (it was ended by SIGKILL).", "crashed"),
        ("Not judged: this cell was stopped: it ran for longer than 30 s.", "crashed"),
        ("Not judged: name 'f' is not defined. An earlier cell was stopped: it ran for longer than 30 s.", "crashed"),
        ("Not judged: this cell asked for more memory than there is: a notebook may use 2048 MiB.", "crashed"),
        ("Not judged: the notebook's 900 s were used up.", "crashed"),
        ("not judged, because the student's kernel did not start: no answer", "no kernel"),
        ("Not judged: the answer key failed (KeyError). Please tell your instructor.", "key failed"),
        ('Not judged: the cell "C" is missing from the notebook.', "not judged"),
        ("Not judged: name 'f' is not defined; the cell with the answer did not run.", "not judged"),
    ],
)  # fmt: skip
def test_silence_has_different_reasons(message, kind):
    (reason,) = reasons_of_verdict({"status": "not judged", "message": message, "grade_id": "C", "notes": []})
    assert reason == Reason(kind, f"C: {message}")
    assert kind in KINDS


def test_notes_a_missing_sandbox_and_prose_are_reasons():
    verdict = {"status": "passed", "message": "", "grade_id": "A", "notes": ["The cell was there more than once."]}
    found = reasons_of([verdict], {"imports": ["The cell is locked, but had been changed."]}, "none", ["P", "Q"])
    assert [(one.kind, one.sentence) for one in found] == [
        ("mended", "A: The cell was there more than once."),
        ("mended", "imports: The cell is locked, but had been changed."),
        ("no sandbox", ""),
        ("waiting", "P, Q"),
    ]


def test_numbers_are_written_as_people_read_them():
    assert [number(value) for value in (3.0, 2.55, 37.5)] == ["3", "2.5", "37.5"]
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1, None)] == ["0 %", "1 %", "50 %", "99 %", "100 %", "–"]
    assert [signed(value) for value in (0.25, -0.5, None)] == ["+0.25", "−0.50", "–"]
    assert [seconds(value) for value in (0.0001, 0.02, 1.5, 600)] == ["< 1 ms", "20 ms", "1.5 s", "10 min"]
    assert [duration(value) for value in (20, 5400, 90_000)] == ["1 min", "1 h 30 min", "1 d 1 h"]
