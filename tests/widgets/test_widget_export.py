"""Notebooks on paper, so to speak: saved, exported, opened without kernel and without network, and still alive."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CELLS = [
    "from gradus.widgets import ConvExplorer, LearningRateExplorer",
    "ConvExplorer(padding=1)",
    "LearningRateExplorer()",
]


def open_export(browser, notebook, path):
    html, _ = HTMLExporter().from_notebook_node(notebook)
    path.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1100, "height": 1400})
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    return page


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A notebook that was run without a browser, as our exports run it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    folder = tmp_path_factory.mktemp("export")
    NotebookClient(notebook, timeout=120, store_widget_state=False, resources={"metadata": {"path": folder}}).execute()
    return notebook


def test_an_exported_page_is_interactive_with_the_network_off(browser, executed, tmp_path):
    page = open_export(browser, executed, tmp_path / "feedback.html")
    frame = page.frame_locator("iframe[title^='Convolution']")
    expect(frame.locator(".g-line")).to_contain_text("C[0, 0] =")
    frame.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(frame.get_by_role("grid", name="Output").get_by_role("row")).to_have_count(3)
    frame.get_by_role("combobox", name="Operation").select_option("max")
    frame.locator("[aria-label^='Output'] [data-row='1'][data-column='1']").click()
    expect(frame.locator(".g-line")).to_contain_text("C[1, 1] = max(")
    rates = page.frame_locator("iframe[title^='Learning']")
    rates.get_by_role("button", name="diverging").click()
    expect(rates.locator(".g-line")).to_contain_text("it did not learn")
    page.context.close()


def test_the_frame_is_as_high_as_what_it_shows(browser, executed, tmp_path):
    page = open_export(browser, executed, tmp_path / "feedback.html")
    page.frame_locator("iframe[title^='Convolution']").locator(".gradus").wait_for()
    page.wait_for_timeout(200)
    inner, outer = page.locator("iframe[title^='Convolution']").evaluate(
        "one => [one.contentDocument.documentElement.scrollHeight, one.getBoundingClientRect().height]"
    )
    assert abs(inner - outer) <= 4
    page.context.close()


def test_stored_widget_state_would_outrank_the_frame(browser, executed, tmp_path):
    """The control: with widget state in the notebook the page asks a server for its parts; offline it is blank."""
    notebook = nbformat.from_dict(executed)
    view = "application/vnd.jupyter.widget-view+json"
    model = notebook.cells[1].outputs[0].data[view]["model_id"]
    state = {"state": {model: {"model_name": "AnyModel", "model_module": "anywidget", "state": {}}}}
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {**state, "version_major": 2, "version_minor": 0}
    }
    page = open_export(browser, notebook, tmp_path / "stored.html")
    page.wait_for_timeout(500)
    assert page.locator("iframe[title^='Convolution']").count() == 0
    page.context.close()
