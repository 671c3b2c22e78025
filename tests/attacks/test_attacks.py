"""No attack earns a point or harms anything but itself; and the same attacks succeed where there is no sandbox."""

from __future__ import annotations

import os
import re
import secrets
import sys

import pytest
from attacks import lab
from attacks.corpus import attacks
from attacks.lab import Outcome, Target
from classroom import ROOT, Classroom

from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.session import Session
from gradus_staff.kernels.workplace import Workplace

pytestmark = pytest.mark.kernel


def labels(how):
    return [pytest.param(attack, id=attack.label) for attack in attacks(how)]


def test_there_are_sixty_attacks_and_every_header_is_whole():
    assert len(attacks()) >= 60
    kinds = {"cell", "alone", "answer", "notebook", "file", "folder", "page", "text"}
    for attack in attacks():
        assert attack.title.endswith("."), attack.label
        assert attack.how in kinds, attack.label
        assert attack.header["nbgrader"] and attack.header["gradus"], attack.label
    families = {attack.family for attack in attacks()}
    assert families == {"reading", "forging", "tampering", "exhausting", "escaping", "lasting", "injecting"}


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("attacked"))
    for student in ("bob", "zed"):
        room.submit(student, room.answered(A_answer="# bob's answer"))
    with room.course.gradebook() as gradebook:
        gradebook.add_student("bob")
    (room.root / ".gradus").mkdir()
    (room.root / ".gradus" / "secret").write_text(secrets.token_hex(32))
    home = tmp_path_factory.mktemp("home")
    (home / "instructor.txt").write_text("mine")
    data = tmp_path_factory.mktemp("data")
    target = Target(room.root, home, f"{86400 + secrets.randbelow(10**6)}.5")
    target.known = {
        "COURSE": str(room.root), "KEY": str(ROOT / "lib"), "INSTRUCTORS_HOME": str(home), "GRADER": os.getpid(),
        "MARK": target.mark, "DATA": str(data),
    }  # fmt: skip
    with lab.services(target):
        yield target


@pytest.fixture(scope="module")
def sandboxed(target):
    """Every attack that is a cell, in a sandbox; nothing of the course has changed afterwards."""
    before = lab.what_is_there(target.course)
    outcomes = lab.run_cells(target, lab.SMALL, Sandbox(lab.SMALL, hidden=(target.course,)))
    assert lab.what_is_there(target.course) == before
    assert os.listdir(target.home) == ["instructor.txt", "service"] or set(os.listdir(target.home)) == {
        "instructor.txt",
        "service",
    }
    _after(outcomes, target)
    return outcomes


@pytest.fixture(scope="module")
def bare(target, sandboxed):
    """The same attacks in a kernel without a sandbox."""
    outcomes = lab.run_cells(target, lab.SMALL, None)
    _after(outcomes, target)
    for process in lab.left_running(target.mark):
        process.kill()
    if path := lab.left_file(target.mark):
        path.unlink()
    return outcomes


def _after(outcomes: dict[str, Outcome], target: Target) -> None:
    """What was left behind is harm only where it is there when the kernel has gone."""
    for outcome in outcomes.values():
        if outcome.harm == "left running":
            outcome.harm = bool(lab.left_running(target.mark))
        if outcome.harm == "left a file":
            outcome.harm = lab.left_file(target.mark) is not None


@pytest.mark.parametrize("attack", labels("cell"))
def test_code_in_the_sandbox_reaches_nothing(attack, sandboxed):
    assert sandboxed[attack.label].harm is False, sandboxed[attack.label]


@pytest.mark.parametrize("attack", labels("cell"))
def test_without_a_sandbox_the_same_code_reaches_it(attack, bare):
    control = attack.header.get("control", "yes")
    if control == "no" or (control == "root" and os.geteuid() != 0):
        assert bare[attack.label].harm is not None  # it ran; its success cannot be shown here
    else:
        assert bare[attack.label].harm is True, bare[attack.label]


@pytest.fixture(scope="module")
def exhausted():
    """Every attack that exhausts something, each in a kernel that has just been started."""
    runs = {}
    sandbox = Sandbox(lab.SMALL)
    with Workplace() as workplace, Session(workplace, sys.executable, lab.SMALL, {}, sandbox) as session:
        for attack in attacks("alone"):
            runs[attack.label] = lab.run_alone(attack, session)
            again = session.run("1 + 1", lambda message: None)
            assert again.status == "ok", (attack.label, again)
    return runs


@pytest.mark.parametrize("attack", labels("alone"))
def test_what_exhausts_a_limit_is_stopped_with_its_own_sentence(attack, exhausted):
    run = exhausted[attack.label]
    assert re.search(attack.header["sentence"], run.reason), run
    assert run.seconds < lab.SMALL.cell_seconds + lab.SMALL.interrupt_seconds + 8, run


def test_the_table(sandboxed, bare, exhausted, capsys):
    rows = []
    for attack in attacks():
        plain, ours = attack.header["nbgrader"], attack.header["gradus"]
        if attack.label in bare:
            plain = f"{plain} (seen)" if bare[attack.label].harm is True else plain
            ours = f"{ours} ({sandboxed[attack.label].said[:60] or 'nothing'})"
        if attack.label in exhausted:
            ours = exhausted[attack.label].reason or ours
        rows.append(f"{attack.label:36} {plain[:60]:60} {ours[:110]}")
    with capsys.disabled():
        print("\n" + "\n".join([f"{'attack':36} {'plain nbgrader':60} Gradus", *rows]))
    assert len(rows) == len(attacks())
