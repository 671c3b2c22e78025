"""A week of the course, through nbgrader's exchange and in real browsers: two students and their instructor."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from desk import Desk
from formgrader import Formgrader
from homework import answer
from people import ROOT, Person, students_python
from playwright.sync_api import Browser, Page, expect

from gradus_staff.course import Course
from gradus_staff.results import graded_before

pytestmark = pytest.mark.browser

COURSE = """
c = get_config()
c.CourseDirectory.course_id = "gradus"
c.Exchange.root = {exchange!r}
c.ExchangeCollect.check_owner = False  # here everybody works under one account of the machine
"""
WRONG = "df = (1 / (2 * sympy.sqrt(y)) + sympy.cos(y)) * (3 * x**2 + 1 / (1 + x**3))"
RIGHT = "df = (1 / (2 * sympy.sqrt(y)) + sympy.cos(y)) * (3 * x**2 + 3 * x**2 / (1 + x**3))"
STEPS = (
    r"Outside: $\frac{df}{dy} = \frac{1}{2\sqrt y} + \cos y$. Inside: $\frac{dy}{dx} = 3x^2 + \frac{3x^2}{1 + x^3}$."
)
WHY = "Its derivative is 0 almost everywhere."


@pytest.fixture
def pictures(tmp_path) -> Path:
    """Where the pictures of each stage are kept: GRADUS_PICTURES, else with the test's other files."""
    folder = Path(os.environ.get("GRADUS_PICTURES") or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def people(tmp_path) -> dict[str, Person]:
    """Anna and Ben with the students' package alone, Ines with a course; an exchange between them."""
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    common = COURSE.format(exchange=str(exchange))
    python = students_python(tmp_path / "students")
    people = {"ines": Person(tmp_path / "ines", Path(sys.executable), common)}
    for name in ("anna", "ben"):
        own = f"c.CourseDirectory.student_id = {name!r}\nc.Execute.timeout = 300  # the machine may be loaded\n"
        people[name] = Person(tmp_path / name, python, common + own)
        people[name].switch_off("formgrader", "course_list", "create-assignment")
    shutil.copytree(ROOT / "source" / "autodiff", tmp_path / "ines" / "course" / "source" / "autodiff")
    config = (ROOT / "nbgrader_config.py").read_text() + "\nc.Execute.timeout = 120\n"
    (tmp_path / "ines" / "course" / "nbgrader_config.py").write_text(config)
    return people


def nbgrader(person: Person, *arguments: str, cwd: Path | None = None) -> str:
    outcome = person.run("nbgrader", *arguments, cwd=cwd)
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    return outcome.stderr


def test_a_week_from_release_to_feedback(browser, people, pictures):
    anna, ben, ines = people["anna"], people["ben"], people["ines"]
    course = ines.home / "course"
    with anna.lab() as her_lab, ines.lab(cwd=course) as office:
        formgrader = Formgrader(window(browser, width=1100), office, pictures)
        release(formgrader)
        page = window(browser)
        page.goto(f"{her_lab}/lab")
        desk = Desk(page, pictures)
        anna_works_and_submits(desk, anna)
        ben_submits(ben, WRONG, name="autodiff (1).ipynb")
        grade(formgrader, course, ben)
        marks_in_prose(formgrader)
        feedback_comes_back(formgrader, desk)
        assert formgrader.complaints == []
    nbgrader(ben, "fetch_feedback", "autodiff")
    (page,) = ben.home.glob("autodiff/feedback/*/autodiff.html")
    text = page.read_text(encoding="utf-8")
    assert "its inner derivative" in text and "judge(" not in text
    assert anna.run("gradus_staff.cli").returncode != 0  # the whole week without the staff's package


def window(browser: Browser, width: int = 1280) -> Page:
    """A browser of one's own, without anybody else's cookies."""
    return browser.new_context(viewport={"width": width, "height": 900}).new_page()


def release(formgrader: Formgrader) -> None:
    formgrader.page.goto(f"{formgrader.url}/manage_assignments")
    formgrader.for_assignment("autodiff", "assign")
    formgrader.for_assignment("autodiff", "release")
    formgrader.photograph("instructor-released")


def anna_works_and_submits(desk: Desk, anna: Person) -> None:
    desk.open_assignments()
    desk.fetch("autodiff")
    desk.photograph("student-fetched")
    answer(anna.home / "autodiff" / "autodiff.ipynb", **{"1A_answer": None, "3E_why": WHY})
    desk.open_notebook("autodiff")
    desk.type_into("1A-answer", WRONG)
    desk.type_into("1A-steps", STEPS)
    desk.run_all()
    expect(desk.cell("1A")).to_contain_text("0 of 1 examples")
    desk.photograph("student-notebook")

    dialog = desk.validate()
    desk.photograph("student-validate-failed")
    expect(dialog.get_by_text("The following cell failed")).to_have_count(1)
    expect(dialog).to_contain_text('check("1A", df)')
    expect(dialog).to_contain_text("expected [9.2485], got [7.6795]")
    expect(dialog).not_to_contain_text("Traceback")
    desk.dismiss(dialog)

    desk.type_into("1A-answer", RIGHT)
    dialog = desk.validate()  # saves; the cells that release has shortened miss nothing
    desk.photograph("student-validate-passed")
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.")
    desk.dismiss(dialog)
    desk.open_assignments()
    desk.submit("autodiff")
    desk.photograph("student-submitted")


def ben_submits(ben: Person, formula: str, name: str) -> None:
    """On the command line, under a name of his own."""
    folder = ben.home / "autodiff"
    if not folder.exists():
        nbgrader(ben, "fetch_assignment", "autodiff")
    (notebook,) = folder.glob("*.ipynb")
    notebook = notebook.rename(folder / name)
    answer(notebook, **{"1A_answer": formula, "1A_steps": "I looked it up.", "3E_why": WHY})
    nbgrader(ben, "submit", "autodiff")


def grade(formgrader: Formgrader, course: Path, ben: Person) -> None:
    formgrader.for_assignment("autodiff", "collect")
    formgrader.autograde("autodiff", "anna")
    assert graded_before(Course(course), "autodiff", "anna").sandbox == "bubblewrap"
    log = formgrader.autograde("autodiff", "ben", outcome="error")
    assert "ben/autodiff: there is no autodiff.ipynb in the submission (it has autodiff (1).ipynb)" in log, log
    ben_submits(ben, WRONG, name="autodiff.ipynb")
    formgrader.for_assignment("autodiff", "collect")
    formgrader.autograde("autodiff", "ben")
    formgrader.expect_status("autodiff", "anna", "needs manual grading", "54 / 60")
    formgrader.expect_status("autodiff", "ben", "needs manual grading", "50 / 60")
    formgrader.photograph("instructor-submissions")


def marks_in_prose(formgrader: Formgrader) -> None:
    page = formgrader.page
    formgrader.open_submission("autodiff", "ben")
    verdict = page.locator(".gradus-box").filter(has_text="Question 1A")
    expect(verdict).to_contain_text("2 of 6 points")
    expect(verdict).to_contain_text("its inner derivative 3x² is missing")
    expect(page.locator("[id='1A']")).to_have_attribute("placeholder", "2")
    formgrader.mark("1A-steps", "0", "Which layers are there?")
    formgrader.mark("3E-why", "1.5", "And where it is not 0?")
    verdict.scroll_into_view_if_needed()
    formgrader.photograph("instructor-verdict")
    formgrader.open_submission("autodiff", "anna")
    expect(page.locator(".MathJax").first).to_be_visible()
    formgrader.mark("1A-steps", "3", "Put them together: $f' = \\frac{df}{dy} \\frac{dy}{dx}$.")
    formgrader.mark("3E-why", "2", "Well said.")
    formgrader.expect_status("autodiff", "anna", "graded", "59 / 60")
    formgrader.expect_status("autodiff", "ben", "graded", "51.5 / 60")


def feedback_comes_back(formgrader: Formgrader, desk: Desk) -> None:
    formgrader.for_assignment("autodiff", "generate-feedback")
    formgrader.for_assignment("autodiff", "release-feedback")
    desk.fetch_feedback("autodiff")
    desk.photograph("student-feedback-list")
    page = desk.open_feedback("autodiff")
    expect(page.get_by_text("Put them together").first).to_be_visible()
    expect(page.get_by_text("59").first).to_be_visible()
    desk.photograph("student-feedback")
