"""The page of a wrong answer, graded in earnest: written three ways, read offline, without script, on a phone."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from classroom import Classroom
from nbgrader.apps import NbGraderAPI
from nbgrader.utils import parse_utc

from gradus_staff.answer_key import load_keys
from gradus_staff.late import late_days_of
from gradus_staff.secret import course_secret, generator

pytestmark = [pytest.mark.browser, pytest.mark.kernel]  # all of them, so that they share one grading

NOTHING_HIDDEN = ("HIDDEN TESTS", "judge(", "MARK SCHEME")
FORMULA_OF_A_STUDENT = r"My $\sqrt{\text{<i id='trap'>idea</i>}}$."


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """dora's wrong answer, half a day late by the policy of 25 % a day, with a file of her own beside it."""
    room = Classroom(tmp_path_factory.mktemp("feedback"))
    with (room.root / "nbgrader_config.py").open("a") as config:
        config.write(
            'c.AssignLatePenalties.plugin_class = "gradus_staff.late.LateDays"\nc.LateDays.percent_a_day = 25\n'
        )
    room.course = type(room.course)(room.root)
    with room.course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("soft_threshold", duedate=parse_utc("2026-03-01 12:00:00 UTC"))
    notebook = room.from_corpus("wrong/lost_sign")
    notebook.cells[0].source += "\n\n" + FORMULA_OF_A_STUDENT
    room.submit("dora", notebook, timestamp__txt="2026-03-02 00:00:00.000000 UTC", notes__txt="mine")
    outcome = room.gradus("grade", "soft_threshold")
    assert outcome.returncode == 0, outcome.stderr
    folder = room.root / "autograded" / "dora" / "soft_threshold"
    (folder / "soft_threshold.observations.json").write_text('{"answers": "for the staff"}', encoding="utf-8")
    return room


def _feedback(room, student="dora"):
    return room.root / "feedback" / student / "soft_threshold"


def _page(room):
    return (_feedback(room) / "soft_threshold.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def by_nbgrader(room):
    """The page that plain nbgrader writes, and the files beside it."""
    outcome = room.nbgrader("generate_feedback", "soft_threshold")
    assert outcome.returncode == 0, outcome.stderr
    return _page(room), sorted(path.name for path in _feedback(room).iterdir())


def test_the_page_says_what_is_wrong_and_what_it_cost(by_nbgrader):
    page, _ = by_nbgrader
    assert "Question A: the soft threshold" in page and "4 of 8 points, partly" in page
    assert "<strong>What went wrong:</strong> The sign of the cube is lost; below the band f is negative." in page
    assert "<strong>To think about:</strong> What sign has the cube of a negative number?" in page
    assert page.count('aria-label="met"') > 3 and page.count('aria-label="not met"') > 3
    assert "<strong>10.5</strong> of 40 points" in page  # 14 less a quarter
    assert "Handed in 1 day late: 25 % are taken off, 3.5 points." in page


def test_the_late_days_are_in_the_gradebook_and_for_reports(room):
    with room.course.gradebook() as gradebook:
        assert gradebook.find_submission("soft_threshold", "dora").late_submission_penalty == 3.5
    record = late_days_of(room.course, "soft_threshold", "dora")
    assert (record.days_late, record.percent, record.points) == (1, 25, 3.5)


def test_the_page_of_a_wrong_answer_gives_nothing_away(room, by_nbgrader):
    page, files = by_nbgrader
    for text in NOTHING_HIDDEN:
        assert text not in page.replace("import check, judge", ""), text
    assert files == ["notes.txt", "soft_threshold.html", "timestamp.txt"]
    shown = "\n".join(cell.source for cell in room.from_corpus("wrong/lost_sign").cells)
    for cell in room.reference.cells:
        for line in {line.strip() for line in cell.source.splitlines()}:
            assert len(line) < 20 or line in shown or line not in page, line
    numbers = list(_hidden_numbers(room))
    assert len(numbers) > 100
    assert not [number for number in numbers if number in page]


def _hidden_numbers(room):
    """The first digits of all that dora's answers were asked, long enough not to be met by chance."""
    secret = course_secret(room.root)
    for name, key in load_keys("soft_threshold").items():
        for case in key.cases(generator(secret, "soft_threshold", "soft_threshold", name, "dora")):
            for value in case.inputs.values():
                if not isinstance(value, str):
                    for number in np.ravel(np.asarray(value, dtype=float)):
                        if len(text := f"{number:.5g}") > 5:
                            yield text


def test_the_formgraders_button_writes_the_same_page(room, by_nbgrader):
    shutil.rmtree(_feedback(room))
    config = room.course.config
    result = NbGraderAPI(room.course.directory("soft_threshold"), config=config).generate_feedback(
        "soft_threshold", "dora"
    )
    assert result["success"], result
    assert (_page(room), sorted(path.name for path in _feedback(room).iterdir())) == by_nbgrader


def test_one_failing_student_is_a_sentence_and_the_others_get_the_same_pages(room, by_nbgrader):
    shutil.rmtree(_feedback(room))
    broken = room.root / "autograded" / "bad" / "soft_threshold"
    broken.mkdir(parents=True)
    (broken / "soft_threshold.ipynb").write_text('{"cells": [')
    (room.root / "submitted" / "late" / "soft_threshold").mkdir(parents=True)
    outcome = room.gradus("feedback", "soft_threshold", "--jobs", "2")
    assert outcome.returncode == 1
    assert "1 of 3 feedback pages written" in outcome.stdout
    assert "bad/soft_threshold: no feedback page: nbformat.reader.NotJSONError" in outcome.stderr
    assert "late/soft_threshold: not graded yet; run gradus grade soft_threshold" in outcome.stderr
    assert (_page(room), sorted(path.name for path in _feedback(room).iterdir())) == by_nbgrader
    assert not _feedback(room, "bad").exists()


def _open(browser, page, path: Path, **settings):
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(offline=True, **settings)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    return tab, asked


def test_the_page_is_read_on_a_phone_offline_and_without_script(browser, by_nbgrader, tmp_path):
    phone = {"width": 390, "height": 844}
    tab, asked = _open(browser, by_nbgrader[0], tmp_path / "page.html", viewport=phone, java_script_enabled=False)
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == [(tmp_path / "page.html").as_uri()]
    assert "<script" not in by_nbgrader[0]
    box = tab.locator("math[display=block]").first.bounding_box()
    assert box and box["height"] > 40 and box["x"] + box["width"] <= 390
    assert "id='trap'>idea</i>" in tab.locator("math msqrt mtext").text_content()
    assert tab.locator("#trap").count() == 0
    for selector in ("main", ".card", ".questions", ".source", ".gradus-box"):
        for place in tab.locator(selector).all():
            if place.is_visible():
                box = place.bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= 390, selector
    tab.locator("a", has_text="E: gradients").first.click()
    assert tab.url.endswith("#question-E")
    tab.context.close()


def test_only_the_explorers_scripts_run_and_they_do(browser, by_nbgrader, tmp_path):
    forged = by_nbgrader[0].replace("</main>", "<script>window.hacked = 1</script></main>")
    tab, _ = _open(browser, forged, tmp_path / "page.html")
    frame = tab.frame_locator("iframe[srcdoc]").first
    tab.locator("iframe[srcdoc]").first.scroll_into_view_if_needed()
    frame.locator(".gradus").wait_for(timeout=20_000)
    before = frame.locator(".gradus").inner_text()
    frame.get_by_role("slider").first.press("ArrowRight")
    assert frame.locator(".gradus").inner_text() != before
    assert tab.evaluate("window.hacked") is None
    tab.context.close()


def test_on_paper_hints_are_open_and_nothing_needs_a_mouse(browser, by_nbgrader, tmp_path):
    tab, _ = _open(browser, by_nbgrader[0], tmp_path / "page.html")
    closed = tab.locator("details:not([open]) > em, details:not([open]) > code").first
    assert not closed.is_visible()
    tab.emulate_media(media="print")
    assert closed.is_visible()
    assert not tab.locator(".back").first.is_visible()
    assert len(tab.pdf(format="A4")) > 10_000
    tab.context.close()
