"""The clock shows the time left, keeps its start, and takes nothing away."""

import time

import pytest

from gradus.clock import ExamClock, exam_clock


@pytest.fixture(autouse=True)
def _at_home(monkeypatch, tmp_path):
    monkeypatch.delenv("GRADUS_STUDENT", raising=False)
    monkeypatch.setenv("GRADUS_HOME", str(tmp_path))


def test_a_second_run_goes_on_where_the_first_began(monkeypatch):
    first = exam_clock("exam", minutes=180)
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 600)
    second = exam_clock("exam", minutes=180)
    assert second.started == first.started
    assert second.minutes_left == 170
    assert exam_clock("exam", minutes=180, start_again=True).minutes_left == 180


def test_the_end_is_said_and_nothing_raises():
    clock = ExamClock(time.time() - 3600, minutes=30)
    assert clock.minutes_left == 0
    assert "The time is over" in repr(clock)
    assert "The time is over" in clock._repr_html_()


def test_a_grader_starts_no_clock(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADUS_STUDENT", "ann")
    assert exam_clock("exam", minutes=180) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["", "{", '{"started": "soon"}', '{"started": 1e12}', "[]"])
def test_a_broken_file_starts_the_clock_anew(broken, tmp_path):
    (tmp_path / "clocks").mkdir()
    (tmp_path / "clocks" / "exam.json").write_text(broken)
    assert exam_clock("exam", minutes=60).minutes_left == 60


def test_a_clock_needs_time():
    with pytest.raises(ValueError, match="minutes = 0"):
        exam_clock("exam", minutes=0)
