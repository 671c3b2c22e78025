"""The sandbox as an instructor meets it: refusal, consent, what is reported, what comes back, and ordinary users."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from classroom import ROOT, Classroom

from gradus_staff.cleaning import clean_html, clean_markdown
from gradus_staff.framed import own_page
from gradus_staff.kernels.harvest import Harvest, bring_back
from gradus_staff.kernels.limits import Limits, sentence_of_error
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.seccomp import seccomp_filter
from gradus_staff.kernels.session import Session
from gradus_staff.kernels.workplace import Workplace

FILES = """
import os
os.makedirs("figures", exist_ok=True)
open("figures/loss.txt", "w").write("0.5")
open("table.csv", "w").write("mine")
os.symlink("/etc/passwd", "passwd")
os.mkfifo("pipe")
open("<img src=x>.txt", "w").close()
"""


@pytest.fixture
def without_bubblewrap(tmp_path, monkeypatch):
    """A PATH on which there is everything but bwrap."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("alembic", "python", "git", "sh"):
        if found := shutil.which(name, path=f"{Path(sys.executable).parent}:{os.defpath}"):
            (folder / name).symlink_to(found)
    return str(folder)


@pytest.mark.kernel
def test_without_bubblewrap_grading_is_refused_with_a_sentence_until_the_instructor_consents(
    tmp_path, without_bubblewrap
):
    room = Classroom(tmp_path / "course")
    notebook = room.answered(A_answer=FILES)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]  # without imports: quickly
    room.submit("ann", notebook)
    refused = room.gradus("grade", "soft_threshold", PATH=without_bubblewrap)
    assert refused.returncode == 2
    assert "bubblewrap (the program bwrap) is not installed" in refused.stderr
    assert "--sandbox none" in refused.stderr
    assert not (room.root / "autograded").exists()
    plain = room.nbgrader("autograde", "soft_threshold", PATH=without_bubblewrap)
    assert plain.returncode == 1
    assert "bubblewrap (the program bwrap) is not installed" in plain.stderr
    doctor = room.gradus("doctor", PATH=without_bubblewrap)
    assert "no sandbox" in doctor.stdout
    allowed = room.gradus("grade", "soft_threshold", "--sandbox", "none", "--json", "r.json", PATH=without_bubblewrap)
    assert "without a sandbox" in allowed.stderr
    report = json.loads((room.root / "r.json").read_text())
    assert report["sandbox"] == report["submissions"][0]["sandbox"] == "none"
    assert {verdict["sandbox"] for verdict in room.verdicts("ann").values()} == {"none"}
    sandboxed = room.gradus("grade", "soft_threshold", "--json", "r.json")
    assert "without a sandbox" not in sandboxed.stderr
    assert json.loads((room.root / "r.json").read_text())["submissions"][0]["sandbox"] == "bubblewrap"
    folder = room.root / "autograded" / "ann" / "soft_threshold"
    assert (folder / "figures" / "loss.txt").read_text() == "0.5"
    assert (folder / "table.csv").read_text() == "mine"
    ours = {"soft_threshold.ipynb", "soft_threshold.observations.json"}
    assert {path.name for path in folder.iterdir()} == {*ours, "figures", "table.csv"}
    assert "stayed behind" in (folder / "soft_threshold.ipynb").read_text()


@pytest.mark.kernel
def test_a_kernel_is_nobody_and_has_no_capability_where_the_grader_is_root():
    limits = Limits()
    seen: list[str] = []
    with Workplace() as workplace, Session(workplace, sys.executable, limits, {}, Sandbox(limits)) as session:
        code = (
            "import os; print(os.getuid(), open('/proc/self/uid_map').read().split(), open('/proc/self/status').read())"
        )
        session.run(code, lambda message: seen.append(message["content"].get("text", "")))
    said = "".join(seen)
    user, rest = said.split(" ", 1)
    assert user == "1000"
    outside = rest.split("]")[0].split("'")[3]
    assert outside != "0"
    assert "CapEff:\t0000000000000000" in said and "CapBnd:\t0000000000000000" in said
    assert "NoNewPrivs:\t1" in said and "Seccomp:\t2" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="the suite runs as an ordinary user already")
def test_the_sandbox_works_for_an_ordinary_user_too(tmp_path):
    """Root becomes nobody, in a view of the machine where nobody may read this Python, and starts a kernel."""
    program = (
        "import os, sys; assert os.getuid() == 65534\n"
        "from gradus_staff.kernels.limits import Limits\nfrom gradus_staff.kernels.sandbox import Sandbox\n"
        "from gradus_staff.kernels.session import Session\nfrom gradus_staff.kernels.workplace import Workplace\n"
        "limits = Limits(processes=40, cell_seconds=20)\n"
        "with Workplace() as place, Session(place, sys.executable, limits, {}, Sandbox(limits)) as session:\n"
        "    show = lambda message: print(message['content'].get('text'))\n"
        "    session.run('import os; print(os.getuid(), os.listdir(\"/\"))', show)\n"
        "    bomb = 'import os\\nwhile True:\\n    try: os.fork()\\n    except OSError: pass'\n"
        "    print(session.run(bomb, show).reason)\n"
    )
    folders = sorted({str(Path(sys.base_prefix).resolve()), str(Path(sys.prefix).resolve()), str(ROOT / "lib")})
    view = ["bwrap", "--dev-bind", "/", "/"]
    made: set[Path] = set()
    for folder in folders:
        closed = [p for p in reversed(Path(folder).parents) if p != Path("/") and not p.stat().st_mode & 0o001]
        for place in closed[:1]:
            if place not in made:
                view += ["--perms", "0755", "--tmpfs", str(place)]
                made.add(place)
    for folder in folders:
        if any(Path(folder).is_relative_to(place) for place in made):
            for parent in reversed(Path(folder).parents):
                if any(parent != place and parent.is_relative_to(place) for place in made):
                    view += ["--perms", "0755", "--dir", str(parent)]
            view += ["--ro-bind", folder, folder]
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 65534, 65534)
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/tmp", "PYTHONPATH": str(ROOT / "lib"), "LANG": "C.UTF-8"}
    ran = subprocess.run([*view, "--", *become, sys.executable, "-c", program], capture_output=True, text=True,
                         timeout=300, check=False, env=environment, cwd="/")  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "1000 [" in ran.stdout
    assert "more than 40 processes and threads" in ran.stdout


def test_the_filter_of_system_calls_is_whole_for_every_processor():
    for machine in ("x86_64", "aarch64"):
        program = seccomp_filter(machine)
        steps = [struct.unpack("=HBBI", program[start : start + 8]) for start in range(0, len(program), 8)]
        for index, (code, if_true, if_false, _) in enumerate(steps):
            if code & 0x07 == 0x05:
                assert index + 1 + max(if_true, if_false) < len(steps)
        assert steps[-1] == (0x06, 0, 0, 0x7FFF0000)
    with pytest.raises(LookupError):
        seccomp_filter("abacus")


@pytest.mark.parametrize(
    ("name", "message", "part"),
    [
        ("MemoryError", "", "2048 MiB"),
        ("RuntimeError", "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes", "2048 MiB"),
        ("RuntimeError", "can't start new thread", "128 processes"),
        ("OSError", "[Errno 28] No space left on device: 'a'", "256 MiB together"),
        ("OSError", "[Errno 27] File too large", "64 MiB"),
        ("OSError", "[Errno 24] Too many open files: 'a'", "256 open"),
    ],
)
def test_an_error_behind_which_is_a_limit_is_explained(name, message, part):
    assert part in sentence_of_error(name, message, Limits())


def test_an_error_of_the_students_own_is_not_explained_by_limits():
    assert sentence_of_error("ValueError", "shape mismatch", Limits()) == ""


def test_few_and_small_files_come_back_and_nothing_is_replaced(tmp_path):
    written, target = tmp_path / "written", tmp_path / "target"
    written.mkdir(), target.mkdir()
    (target / "kept.txt").write_text("the grader's")
    (written / "kept.txt").write_text("the student's")
    (written / "a.txt").write_text("a")
    (written / "b.txt").write_text("b")
    (written / "large.txt").write_bytes(bytes(2**21))
    handle = os.open(written, os.O_RDONLY)
    sentence = bring_back(handle, target, Harvest(files=2, mib=1))
    os.close(handle)
    assert sorted(path.name for path in target.iterdir()) == ["a.txt", "b.txt", "kept.txt"]
    assert (target / "kept.txt").read_text() == "the grader's"
    assert "1 stayed behind" in sentence


def test_markdown_and_html_keep_what_is_harmless():
    table = "| a | b |\n|:--|:-:|\n| $x_1$ | `y` |"
    for text in (table, "<details><summary>Hint</summary>yes</details>", "[paper](https://example.org/a?b=1#c)"):
        assert clean_markdown(text) == text
    html = '<table><tbody><tr><td style="text-align:left">1</td></tr></tbody></table>'
    assert clean_html(html) == html
    assert own_page("<!doctype html><script>1</script>") is None
