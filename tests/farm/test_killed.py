"""Killed at any moment, the gradebook is whole, and the next run ends where an undisturbed one ends."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from classroom import Classroom
from pupils import CLASS, fill_class
from recorded import Recorded
from state import files_of, gradebook_of

from gradus_staff.course import Course
from gradus_staff.farm.record import record_path
from gradus_staff.grading import grade_class

pytestmark = pytest.mark.kernel


def _grade(room, outcomes):
    grade_class(Course(room.root), room.assignment, crew=Recorded(outcomes, seconds=0.005), resume=True)


def _grade_and_be_killed(room, outcomes, seconds):
    """Grade in a process of its own and kill it after so many seconds. Returns whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            _grade(room, outcomes)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _half_done(room):
    """Students whose scores are there in part; the gradebook must not know such a state."""
    found = []
    for student, submission in gradebook_of(room).items():
        scores = [grade[0] for grade in submission["notebooks"]["soft_threshold"]["grades"].values()]
        if None in scores and set(scores) != {None}:
            found.append(student)
    return found


def test_fifty_kills_at_random_moments_leave_a_whole_gradebook_and_the_same_end(tmp_path, outcomes):
    undisturbed = fill_class(Classroom(tmp_path / "undisturbed"))
    started = time.monotonic()
    _grade(undisturbed, outcomes)
    whole_run = time.monotonic() - started
    room = fill_class(Classroom(tmp_path / "killed"))
    rng = random.Random(7)
    kills = 0
    for _ in range(200):
        kills += _grade_and_be_killed(room, outcomes, rng.uniform(0, whole_run))
        assert not _half_done(room)
        with sqlite3.connect(room.root / "gradebook.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if kills == 50:
            break
        for student in rng.sample(CLASS, 2):  # else there would soon be nothing left to do
            record_path(room.course, room.assignment, student).unlink(missing_ok=True)
    assert kills == 50
    _grade(room, outcomes)
    assert gradebook_of(room) == gradebook_of(undisturbed)
    assert files_of(room) == files_of(undisturbed)
    assert not list(room.root.glob("autograded/*/.*"))


def test_a_killed_grader_takes_its_workers_with_it_and_the_next_run_finishes(tmp_path):
    room = fill_class(Classroom(tmp_path / "course"))
    mark = f"grader-{os.getpid()}"
    command = [sys.executable, "-c", "from gradus.cli import main; main()", "grade", room.assignment, "--jobs", "2"]
    grader = subprocess.Popen(
        command, cwd=room.root, env={**os.environ, "GRADUS_TEST_MARK": mark}, stdout=subprocess.PIPE, text=True
    )
    grader.stdout.readline()  # the first submission is graded
    grader.kill()
    grader.wait()
    deadline = time.monotonic() + 60
    while (left := _alive(mark)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left
    run = room.gradus("grade", room.assignment, "--jobs", "2")
    assert "3 of 4 submissions graded" in run.stdout, run.stdout + run.stderr
    assert "of them were graded before" in run.stdout
    book = gradebook_of(room)
    assert set(book) == set(CLASS) and book["ada"]["score"] == 40


def _alive(mark):
    """Processes that were started with the mark in their environment."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/environ", "rb") as file:
                    if f"GRADUS_TEST_MARK={mark}".encode() in file.read():
                        found.append(name)
            except OSError:
                continue
    return found
