"""A gradebook in PostgreSQL serves as well as one in SQLite: release, grade, judge anew, export."""

from __future__ import annotations

import csv
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from classroom import Classroom
from recorded import SECRET, Recorded
from sqlalchemy import create_engine, text
from state import files_of, gradebook_of

from gradus_staff.farm.regrade import regrade
from gradus_staff.grading import grade_class
from gradus_staff.key import soft_threshold as key

pytestmark = pytest.mark.kernel


def program(name: str) -> str:
    """A program of the newest PostgreSQL; Debian keeps most of them off the path."""
    kept = [path / name for path in sorted(Path("/usr/lib/postgresql").glob("*/bin")) if (path / name).exists()]
    found = str(kept[-1]) if kept else shutil.which(name)
    assert found, f"The tests of a gradebook in PostgreSQL need {name}: apt-get install postgresql."
    return found


@pytest.fixture(scope="module")
def db_url():
    """An empty database of a server that is reached through a socket file alone.

    The server refuses to run as root, and neither another user nor a path of 100 characters gets into pytest's folders.
    """
    user = pwd.getpwnam("postgres" if _is_user("postgres") else "nobody") if os.geteuid() == 0 else None
    become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    folder = Path(tempfile.mkdtemp(prefix="gradus-pg-"))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o711)
    data = folder / "data"
    initdb = [program("initdb"), "-D", str(data), "-U", "gradus", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, check=False, **become)
    assert made.returncode == 0, made.stderr
    with (folder / "log.txt").open("wb") as log:
        command = [program("postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-F"]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **become)
    try:
        url = f"postgresql+psycopg://gradus@/postgres?host={folder}"
        _wait_for(url)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
        shutil.rmtree(folder)


def _is_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with create_engine(url).connect():
                return
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _fill(room: Classroom) -> Classroom:
    room.submit("ada", room.reference, timestamp__txt="2030-01-01 10:00:00 UTC")
    room.submit("bob", room.from_corpus("wrong/lost_sign"), timestamp__txt="2030-01-02 10:00:00 UTC")
    (room.root / ".gradus").mkdir(exist_ok=True)
    (room.root / ".gradus" / "secret").write_text(SECRET)
    return room


def test_a_class_is_graded_judged_anew_and_exported_from_postgresql_as_from_sqlite(
    tmp_path, db_url, outcomes, monkeypatch
):
    there = _fill(Classroom(tmp_path / "there", settings=f'c.CourseDirectory.db_url = "{db_url}"'))
    here = _fill(Classroom(tmp_path / "here"))
    run = there.gradus("grade", there.assignment, "--jobs", "1")
    assert "2 of 2 submissions graded" in run.stdout, run.stdout + run.stderr
    grade_class(here.course, here.assignment, crew=Recorded(outcomes))
    assert gradebook_of(there) == gradebook_of(here)
    assert files_of(there) == files_of(here)
    assert there.scores("ada")["A"] == 8

    lost = next(c["name"] for c in there.verdicts("bob")["A"]["criteria"] if not c["passed"])
    monkeypatch.setattr(key.A, "criteria", {**key.A.criteria, lost: key.A.criteria[lost] * 10})
    assert [change.student for change in regrade(there.course, there.assignment, "A").changes] == ["bob"]
    regrade(here.course, here.assignment, "A")
    assert gradebook_of(there) == gradebook_of(here)

    run = there.gradus("export", "csv")
    assert run.returncode == 0, run.stdout + run.stderr
    with (there.root / "grades.csv").open(encoding="utf-8") as file:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert points == {name: submission["score"] for name, submission in gradebook_of(here).items()}
    with create_engine(db_url).connect() as database:
        assert database.execute(text("SELECT count(*) FROM submitted_assignment")).scalar() == 2
