"""`gradus lab` as an instructor runs it, and the first day's page as a student works through it, in a real browser."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk import Desk
from people import ROOT, Person, free_port
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
WRONG = "def alike(image, images):\n    return images @ image"
RIGHT = "def alike(image, images):\n    return images @ image / (images.norm(dim=1) * image.norm())"
EXPLORERS = [
    "Soft threshold explorer",
    "Convolution and pooling explorer",
    "Computation graph stepper",
    "Learning rate explorer",
    "Smoothness explorer",
    "Receptive field explorer",
]
WHO_IS_THERE = """
import gradus, importlib.util, os
print(os.getpid(), importlib.util.find_spec("gradus_" + "staff"), gradus.__file__)
"""


class RunningLab:
    """`gradus lab --no-browser` in a course, until it has said where JupyterLab is."""

    def __init__(self, course: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-c", "from gradus.cli import main; main()"]
        command += ["lab", "--no-browser", "--port", str(free_port())]
        # A shell's background jobs ignore Ctrl-C, and so does what they start; an instructor's terminal does not.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"http://\S+", line):
                self.address = found[0]
                return
        raise AssertionError(self.said)

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code, once all has been said."""
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode


@pytest.fixture
def course(tmp_path) -> Path:
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "source" / "00_start_here", folder / "source" / "00_start_here")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def lab(course, tmp_path) -> Iterator[RunningLab]:
    instructor = Person(tmp_path / "home", Path(sys.executable))
    settings = {"LabApp": {"expose_app_in_browser": True}}  # for the test's own questions to JupyterLab
    (instructor.home / ".jupyter" / "jupyter_lab_config.json").write_text(json.dumps(settings), encoding="utf-8")
    lab = RunningLab(course, instructor.environment)
    yield lab
    if lab.process.poll() is None:
        lab.interrupt()


@contextmanager
def student_at(browser: Browser, address: str, pictures: Path) -> Iterator[Desk]:
    """The address opened; AssertionError where the browser's console has heard of an error by the end."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    desk = Desk(page, pictures)
    page.wait_for_function("window.jupyterapp.shell.currentWidget?.context?.isReady")
    desk.wait_idle()
    yield desk
    page.close()
    assert complaints == []


def test_a_students_first_day(browser, lab, course, tmp_path):
    pictures = Path(os.environ.get("GRADUS_PICTURES") or tmp_path)
    with student_at(browser, lab.address, pictures) as desk:
        desk.run_all()
        everything_is_here(desk)
        every_widget_is_alive(desk)
        the_check_turns_green(desk)
        kernel, spec, library = ask(desk, WHO_IS_THERE)
    assert spec == "None" and not library.startswith(str(ROOT))
    ctrl_c_ends_it(lab, course, int(kernel))


def everything_is_here(desk: Desk) -> None:
    box = desk.page.locator(".gradus-box").filter(has_text="Everything is here")
    for sentence in (
        "Python 3",
        "PyTorch",
        "at x = 3, x² has the slope 6",
        "Matplotlib",
        "JupyterLab",
        "Fashion-MNIST is here: 60,000 pictures",
        "TREC is here: 1,000 English questions",
    ):
        expect(box).to_contain_text(sentence)
    desk.photograph("first-day-environment")


def every_widget_is_alive(desk: Desk) -> None:
    beat = desk.page.get_by_role("region", name="Heartbeat")
    expect(beat.get_by_role("status")).to_contain_text("Widgets are alive: your browser asked, and Python answered.")
    beat.get_by_role("button", name="Ask Python").click()
    expect(beat).to_contain_text("2 answers; the last took")
    for name in EXPLORERS:
        expect(desk.page.get_by_role("region", name=name, exact=True)).to_have_count(1)
    expect(desk.page.locator(".jp-OutputArea section.gradus")).to_have_count(len(EXPLORERS) + 1)


def the_check_turns_green(desk: Desk) -> None:
    expect(desk.cell("A")).to_contain_text("0 of 3 examples")
    desk.type_into("A-answer", WRONG)
    desk.run_all()
    expect(desk.cell("A")).to_contain_text("2 of 3 examples")
    expect(desk.page.locator(".jp-OutputArea img")).to_have_count(0)  # Run All stops at a red check
    desk.type_into("A-answer", RIGHT)
    desk.run_all()
    expect(desk.cell("A")).to_contain_text("all as expected")
    expect(desk.page.locator(".jp-OutputArea img")).to_have_count(1)
    desk.photograph("first-day-green")


def ask(desk: Desk, code: str) -> list[str]:
    """The words that the notebook's kernel prints."""
    return desk.page.evaluate(
        """async (code) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const future = kernel.requestExecute({ code, store_history: false });
            let text = '';
            future.onIOPub = message => { text += message.content.text ?? message.content.evalue ?? ''; };
            await future.done;
            return text.trim().split(/\\s+/);
        }""",
        code,
    )


def ctrl_c_ends_it(lab: RunningLab, course: Path, kernel: int) -> None:
    os.kill(kernel, 0)  # it runs
    assert lab.interrupt() == 0
    assert "JupyterLab has ended; the notebooks stay in" in lab.said
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)
    with pytest.raises(OSError):
        urllib.request.urlopen(lab.address, timeout=5)
    assert [path.name for path in (course / "as-a-student").iterdir() if path.name[0] != "."] == ["00_start_here"]
    assert sorted(path.name for path in course.iterdir() if path.name[0] != "_") == [
        "as-a-student", "nbgrader_config.py", "source",
    ]  # fmt: skip
