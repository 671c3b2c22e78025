"""One grader at a time."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from classroom import Classroom

from gradus_staff.farm.lock import grading_lock


@pytest.fixture
def room(tmp_path):
    return Classroom(tmp_path / "course")


def _hold(room):
    """A process that holds the lock until it is killed."""
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with grading_lock(room.course, "soft_threshold", lambda sentence: None):
            os.write(tell, b"held")
            signal.pause()
    os.read(ready, 4)
    return child


def test_the_second_grader_waits_says_for_whom_and_goes_on_when_the_first_is_gone(room):
    child = _hold(room)
    said = []

    def on_wait(sentence):
        said.append(sentence)
        threading.Timer(0.3, os.kill, (child, signal.SIGKILL)).start()

    with grading_lock(room.course, "exam", on_wait):
        os.waitpid(child, 0)
    assert len(said) == 1
    assert f"process {child} on " in said[0] and "has been grading soft_threshold in this course since " in said[0]


def test_a_grader_that_is_alone_does_not_wait(room):
    said = []
    for _ in range(2):
        with grading_lock(room.course, "exam", said.append):
            pass
    assert said == []
