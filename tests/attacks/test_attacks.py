"""No attack earns a point or harms anything but itself; and the same attacks succeed where there is no sandbox."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys

import pytest
from attacks import class_of_attackers, lab
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
    outcomes = lab.run_cells(target, lab.PATIENT, Sandbox(lab.PATIENT, hidden=(target.course,)))
    assert lab.what_is_there(target.course) == before
    assert sorted(os.listdir(target.home)) == ["instructor.txt", "service"]
    _after(outcomes, target)
    return outcomes


@pytest.fixture(scope="module")
def bare(target, sandboxed):
    """The same attacks in a kernel without a sandbox."""
    outcomes = lab.run_cells(target, lab.PATIENT, None)
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
def test_code_in_the_sandbox_reaches_nothing(attack, sandboxed, proof):
    proof("attack", attack.label)
    assert sandboxed[attack.label].harm is False, sandboxed[attack.label]


def shown(how):
    """Attacks whose success can be shown on this machine without leaving a trace."""
    controls = {"yes", "root"} if os.geteuid() == 0 else {"yes"}
    return [one for one in labels(how) if one.values[0].header.get("control", "yes") in controls]


@pytest.mark.parametrize("attack", shown("cell"))
def test_without_a_sandbox_the_same_code_reaches_it(attack, bare, proof):
    proof("control", attack.label, where="a kernel without a sandbox")
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
def test_what_exhausts_a_limit_is_stopped_with_its_own_sentence(attack, exhausted, proof):
    run = exhausted[attack.label]
    proof("attack", attack.label, said=run.reason)
    assert re.search(attack.header["sentence"], run.reason), run
    assert run.seconds < float(attack.header.get("seconds", 3)) + lab.SMALL.interrupt_seconds + 8, run


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A class of attackers, and one honest student among them, graded by `gradus grade`."""
    return class_of_attackers.grade(Classroom(tmp_path_factory.mktemp("class"), seconds_a_cell=20))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The attacks that can succeed there, in a course without Gradus, graded by plain `nbgrader autograde`."""
    return class_of_attackers.grade_plainly(tmp_path_factory.mktemp("plain"))


def test_everybody_in_the_class_is_graded_and_the_honest_student_gets_all(room):
    assert room.outcome.returncode in (0, 1), room.outcome.stderr[-3000:]
    assert "Traceback" not in room.outcome.stderr
    assert sum(room.scores("zz_honest").values()) == 40
    assert set(room.who.values()) <= {one["student"] for one in room.report["submissions"]}


@pytest.mark.parametrize("attack", labels("answer") + labels("notebook") + labels("file") + labels("folder"))
def test_an_attack_earns_nothing_and_a_sentence_is_said(attack, room, proof):
    proof("attack", attack.label)
    student = room.who[attack.label]
    scores = room.scores(student)
    assert set(scores.values()) == {0.0}, (student, scores, room.verdicts(student))
    said = room.said(student)
    assert said
    assert re.search(attack.header.get("sentence", "."), said), said
    assert "<script" not in said


def test_a_forged_verdict_is_in_no_report(room):
    for submission in room.report["submissions"]:
        if submission["student"] != "zz_honest":
            assert not [one for one in submission["questions"] if one["points"]], submission


def test_links_and_pipes_of_a_submission_are_not_followed(room):
    folder = room.root / "autograded" / room.who["reading/linked_file"] / room.assignment
    for path in folder.rglob("*"):
        assert stat.S_ISREG(path.lstat().st_mode) or path.is_dir(), path
    names = {path.name for path in folder.iterdir()}
    assert not names & {"notes.txt", "pipe.bin", "data.bin", "up", "line\nbreak.txt"}


@pytest.mark.parametrize("attack", shown("answer"))
def test_plain_nbgrader_gives_the_forger_points(attack, plain, proof):
    proof("control", attack.label, where="plain nbgrader")
    assert plain.scores[class_of_attackers.name_of(attack)] == 8.0


def test_plain_nbgrader_follows_links(plain, proof):
    proof("control", ["reading/linked_notebook", "reading/linked_file"], where="plain nbgrader")
    assert plain.scores["linked"] == 8.0
    assert (plain.root / "autograded" / "linked" / "plain" / "notes.txt").read_bytes().startswith(b"SQLite")


def test_the_table(sandboxed, bare, exhausted, room, plain, capsys):
    rows = []
    for attack in attacks():
        plain_text, ours = attack.header["nbgrader"], attack.header["gradus"]
        if attack.label in bare:
            plain_text = f"{plain_text} (seen)" if bare[attack.label].harm is True else plain_text
            ours = f"{ours} ({sandboxed[attack.label].said[:60] or 'nothing'})"
        if plain.scores.get(class_of_attackers.name_of(attack)):
            plain_text = f"{plain_text} (seen)"
        if attack.label in room.who:
            ours = f"{ours}: {room.said(room.who[attack.label])}"
        if attack.label in exhausted:
            ours = exhausted[attack.label].reason or ours
        rows.append(f"{attack.label:36} {plain_text[:60]:60} {ours[:110]}")
    with capsys.disabled():
        print("\n" + "\n".join([f"{'attack':36} {'plain nbgrader':60} Gradus", *rows]))
    assert len(rows) == len(attacks())
