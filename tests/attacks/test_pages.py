"""No script of a submission runs in the page of whoever reads feedback or grades by hand; a real browser shows it."""

from __future__ import annotations

import os

import nbformat
import nbgrader
import pytest
from attacks import class_of_attackers
from attacks.class_of_attackers import page_cells
from attacks.corpus import attacks
from classroom import Classroom
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell
from traitlets.config import Config

pytestmark = [pytest.mark.browser, pytest.mark.kernel]

EXPLORER = "from gradus.widgets import SoftThresholdExplorer\nSoftThresholdExplorer(T=2.81)"
PLAIN_TEXT = "An honest *answer* with $a<b$ and <b>bold</b> words."


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """One submission that shows everything that the corpus has, and an explorer; graded, with feedback."""
    room = Classroom(tmp_path_factory.mktemp("pages"), seconds_a_cell=60)
    notebook = class_of_attackers._short(room, imports=False)
    notebook.cells += [new_code_cell(EXPLORER), new_markdown_cell(PLAIN_TEXT), *page_cells()]
    room.submit("page", notebook)
    outcome = room.gradus("grade", room.assignment)
    assert outcome.returncode == 0, outcome.stderr
    outcome = room.nbgrader("generate_feedback", room.assignment)
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    return room


def _formgrader(path):
    """The page of manual grading, as the formgrader renders it (without its server)."""
    templates = os.path.join(os.path.dirname(nbgrader.__file__), "server_extensions", "formgrader", "templates")
    exporter = HTMLExporter(config=Config(), template_name="formgrade", extra_template_basedirs=[templates])
    names = ("submission_id", "notebook_id", "assignment_id", "base_url", "student", "last_name", "first_name")
    resources = dict.fromkeys((*names, "notebook_path"), "")
    page, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4), {**resources, "index": 0, "total": 1})
    return page


def _open(browser, page_text, path):
    """Open a page, and do what a reader might: hover over and click whatever there is. Returns it, and what ran."""
    path.write_text(page_text, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    page.wait_for_timeout(400)
    ran = page.evaluate("window.hacked")
    page.evaluate(
        """() => { for (const one of document.querySelectorAll('a[href^="javascript" i], [onmouseover], [onclick]')) {
             one.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})); one.click(); } }"""
    )
    page.wait_for_timeout(200)
    return page, ran or page.evaluate("window.hacked")


@pytest.mark.parametrize("kind", ["feedback", "formgrader"])
def test_no_script_of_a_submission_runs(room, browser, tmp_path, kind, proof):
    proof("attack", [attack.label for attack in (*attacks("page"), *attacks("text"))])
    if kind == "feedback":
        text = (room.root / "feedback" / "page" / room.assignment / f"{room.assignment}.html").read_text()
    else:
        text = _formgrader(room.root / "autograded" / "page" / room.assignment / f"{room.assignment}.ipynb")
    page, ran = _open(browser, text, tmp_path / f"{kind}.html")
    assert ran is None
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert page.locator("#cover").count() == 0
    for frame in page.locator("iframe").all():
        assert frame.get_attribute("sandbox") == "allow-scripts"
    assert "An honest" in page.content() and "<b>bold</b>" in page.content()
    assert "Question A" in page.content()
    page.context.close()


def test_the_courses_own_explorer_still_works_in_its_frame(room, browser, tmp_path):
    text = (room.root / "feedback" / "page" / room.assignment / f"{room.assignment}.html").read_text()
    page, _ = _open(browser, text, tmp_path / "explorer.html")
    frame = page.frame_locator("iframe[srcdoc]").first
    frame.locator(".gradus").wait_for(timeout=20_000)
    frame.get_by_role("slider").first.press("ArrowRight")
    page.context.close()


def test_the_control_the_same_cells_run_scripts_where_nothing_is_cleaned(browser, tmp_path):
    """Plain nbgrader's feedback of the same cells: the browser does see scripts."""
    plain = class_of_attackers.Plain(tmp_path)
    class_of_attackers.prepare_plainly(plain)
    pages = class_of_attackers.plain_notebook("")
    # some stop nbgrader before there is a page to look at, and an open comment would hide what follows
    stops = ("attachment:", "shell.kernel", "<!--")
    pages.cells += [cell for cell in page_cells() if not any(part in cell.source for part in stops)]
    class_of_attackers.hand_in(plain.root, "page", pages)
    assert plain.nbgrader("autograde", "plain").returncode == 0
    assert plain.nbgrader("generate_feedback", "plain").returncode == 0
    text = (plain.root / "feedback" / "page" / "plain" / "plain.html").read_text()
    page, ran = _open(browser, text, tmp_path / "plain.html")
    assert ran
    page.context.close()
