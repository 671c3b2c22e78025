"""The page in a real browser, without a network: quiet, readable in both themes, on a phone and by a screen reader."""

import pytest
from made_up import small_class
from node import node_package
from playwright.sync_api import expect

from gradus_staff.report import render, summarise
from gradus_staff.report.record import ClassRecord

pytestmark = pytest.mark.browser

HOSTILE = (
    '"><script>document.title = "taken"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'taken\'">'
)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    record = small_class(HOSTILE)
    many = [
        one.__class__(**{**vars(one), "student": f"{one.student} {i}"}) for i in range(12) for one in record.submissions
    ]
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(summarise(ClassRecord("made_up", record.questions, tuple(many)))), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_file):
    """Open the page in a theme and a width; afterwards nothing may have been asked of a network, or complained of."""
    contexts, complaints, requests = [], [], []

    def open_page(theme, width=1120):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield open_page
    titles = [page.title() for context in contexts for page in context.pages]
    for context in contexts:
        context.close()
    assert complaints == []
    assert set(requests) == {page_file.as_uri()}
    assert set(titles) == {"made_up: report"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_audit_of_the_opened_up_page_finds_nothing(opened, theme):
    page = opened(theme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate((node_package("axe-core") / "axe.min.js").read_text())
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []


def test_both_themes_are_what_they_are_called(opened):
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert opened("light").evaluate(ground) > 200
    assert opened("dark").evaluate(ground) < 50


def test_a_phone_needs_no_scrolling_sideways(opened):
    page = opened("light", width=380)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_the_tables_open_without_a_script_and_the_hostile_name_is_text(opened):
    page = opened("light")
    table = page.get_by_role("region", name="Every submission in numbers")
    expect(table).to_be_hidden()
    page.get_by_text("Every submission in numbers").click()
    expect(table).to_be_visible()
    expect(table).to_contain_text(f"{HOSTILE} 3")


def test_paper_is_white_whatever_the_screen(opened):
    page = opened("dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(28, 34, 48)"
