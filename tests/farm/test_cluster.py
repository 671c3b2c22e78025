"""A class is graded on a Dask cluster: a scheduler and two workers, which do not see the course folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from classroom import Classroom
from pupils import fill_class
from recorded import SECRET, Recorded
from state import files_of, gradebook_of

from gradus_staff.course import CourseError
from gradus_staff.farm import cluster as cluster_module
from gradus_staff.farm.cluster import Cluster
from gradus_staff.farm.pack import Pack
from gradus_staff.farm.parcel import Parcel
from gradus_staff.farm.run import hand_out
from gradus_staff.grading import grade_class

pytestmark = pytest.mark.kernel

COURSES = "a-course-folder"

WATCH = f"""
import os, sys

def watch(event, arguments):
    for one in arguments if event.startswith(("open", "os.", "shutil.", "sqlite3.")) else ():
        if isinstance(one, (str, bytes, os.PathLike)) and "{COURSES}" in os.fsdecode(one):
            with open(os.environ["GRADUS_TEST_SEEN"], "a") as seen:
                print(event, os.fsdecode(one), file=seen)

sys.addaudithook(watch)
"""
"""Runs in each worker, and notes every path of the course that it touches."""


class Dask:
    """A scheduler on this machine and its workers, each in a folder of its own."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder, self.seen = folder, folder / "seen.txt"
        self.started: list[subprocess.Popen[bytes]] = []
        contact = folder / "scheduler.json"
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(contact))
        for _ in range(600):
            if contact.exists() and (text := contact.read_text()).endswith("}"):
                break
            time.sleep(0.1)
        self.address = json.loads(text)["address"]
        (folder / "watch.py").write_text(WATCH)
        for number in range(workers):
            also = ["--nthreads", "1", "--host", "127.0.0.1", "--preload", str(folder / "watch.py")]
            self._start(f"worker-{number}", "worker", self.address, *also)

    def _start(self, name: str, *command: str) -> None:
        home = self.folder / name
        home.mkdir()
        environment = {
            **os.environ,
            "TMPDIR": str(home),
            "GRADUS_TEST_SEEN": str(self.seen),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",  # a submission whose worker is lost comes back to us
        }
        with (home / "log.txt").open("wb") as log:
            command = (sys.executable, "-m", "dask", *command, "--no-dashboard")
            self.started.append(subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log))

    def close(self) -> None:
        for process in reversed(self.started[1:]):
            process.terminate()
        for process in reversed(self.started):  # the scheduler last: workers say goodbye to it
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    dask = Dask(tmp_path_factory.mktemp("dask"))
    yield dask
    dask.close()


@pytest.fixture
def client(dask):
    from distributed import Client

    with Client(dask.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
        yield client


@pytest.fixture
def there(tmp_path, outcomes):
    """A course, and what its gradebook and files hold when this machine has graded it."""
    room = fill_class(Classroom(tmp_path / COURSES))
    (room.root / ".gradus").mkdir(exist_ok=True)
    (room.root / ".gradus" / "secret").write_text(SECRET)
    grade_class(room.course, room.assignment, crew=Recorded(outcomes))
    return room, gradebook_of(room), files_of(room)


def test_a_cluster_without_the_course_folder_gives_the_same_gradebook_and_the_same_notebooks(dask, client, there):
    room, gradebook, files = there
    run = room.gradus("grade", room.assignment, "--force", "--scheduler", dask.address)
    assert "3 of 4 submissions graded" in run.stdout, run.stdout + run.stderr
    assert gradebook_of(room) == gradebook
    assert files_of(room) == files
    assert not dask.seen.exists()
    client.submit(os.listdir, str(room.root)).result()
    assert f"os.listdir {room.root}" in dask.seen.read_text()


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(dask, client, there):
    room, gradebook, files = there
    killed = []

    def kill_one_at_work():
        pids = client.run(os.getpid)
        while not killed:
            for address, tasks in client.processing().items():
                if any("on_worker" in str(task) for task in tasks) and not killed:
                    os.kill(pids[address], signal.SIGKILL)
                    killed.append(address)

    murderer = threading.Thread(target=kill_one_at_work)
    murderer.start()
    with closing(Cluster(dask.address)) as crew:
        results = grade_class(room.course, room.assignment, crew=crew)
    murderer.join()
    assert [one.student for one in results if one.status == "failed"] == ["dan"]  # its file was cut off
    assert gradebook_of(room) == gradebook
    assert files_of(room) == files


def test_a_worker_with_other_releases_grades_nobody(dask, there, monkeypatch):
    room, gradebook, _ = there
    ours = cluster_module.what_grades()
    monkeypatch.setattr(cluster_module, "what_grades", lambda: {**ours, "torch": "2.0.0"})
    sentence = r"the Dask worker on .* has torch .*, not 2\.0\.0; give all workers"
    with closing(Cluster(dask.address)) as crew, pytest.raises(CourseError, match=sentence):
        grade_class(room.course, room.assignment, crew=crew)
    assert gradebook_of(room) == gradebook


def test_a_scheduler_that_is_lost_ends_the_run_with_a_sentence(tmp_path):
    dask = Dask(tmp_path, workers=0)
    timer = threading.Timer(1.0, dask.started[0].kill)
    try:
        said: list[str] = []
        crew = Cluster(dask.address, on_wait=said.append)
        timer.start()
        with pytest.raises(CourseError, match=r"the Dask scheduler at .* was lost; what had been graded is saved"):
            list(hand_out(crew, Pack("exam", {}, b"", ""), iter([Parcel("ada", "exam", ())])))
        assert [sentence for sentence in said if "has no workers yet; waiting for the first" in sentence]
    finally:
        timer.cancel()
        dask.close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9 .*; is it running?"),
        ("grader", r"grader is no address of a Dask scheduler \(missing port number in address 'grader'\)"),
        ("smtp://grader:25", "smtp://grader:25 is no address of a Dask scheduler"),
        ("tls://grader:8786", "tls://grader:8786 needs certificates"),
    ],
)
def test_where_no_scheduler_can_answer_one_sentence_says_so(address, sentence):
    with pytest.raises(CourseError, match=sentence):
        Cluster(address, seconds=0.5)
