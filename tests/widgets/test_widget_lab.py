"""Explorers in a real JupyterLab, in a real notebook, with a real kernel: one notebook for all tests, in order."""

import ast
import json
import re

import numpy as np
import pytest
from conftest import ask, command, run_all, wait_idle
from playwright.sync_api import Locator, Page, expect

from gradus.widgets import (
    ConvExplorer,
    GraphStepper,
    LearningRateExplorer,
    ReceptiveFieldExplorer,
    SmoothnessExplorer,
    SoftThresholdExplorer,
)

pytestmark = pytest.mark.browser
NAMES = {
    "conv": "Convolution and pooling explorer",
    "soft": "Soft threshold explorer",
    "graph": "Computation graph stepper",
    "rates": "Learning rate explorer",
    "smooth": "Smoothness explorer",
    "field": "Receptive field explorer",
}
CELLS = [
    "import gradus.widgets as w\nconv = w.ConvExplorer(image=7, kernel=[[1, -2], [0, 3]], stride=2)\nconv",
    "soft = w.SoftThresholdExplorer(T=2)\nsoft",
    "graph = w.GraphStepper('network')\ngraph",
    "rates = w.LearningRateExplorer()\nrates",
    "smooth = w.SmoothnessExplorer()\nsmooth",
    "field = w.ReceptiveFieldExplorer('the cat sat on the mat and purred')\nfield",
]

COUNT_COMM_MESSAGES = """() => {
    window.sent = 0;
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    kernel.anyMessage.connect((_, { msg }) => { if (msg.header.msg_type.startsWith('comm_')) window.sent++; });
}"""


@pytest.fixture(scope="module")
def page(lab) -> Page:
    page = lab.open("explorers.ipynb", CELLS)
    expect(page.locator(".jp-OutputArea .gradus")).to_have_count(len(CELLS))
    return page


def explorer(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=NAMES[name], exact=True)


def grid(page: Page, name: str) -> np.ndarray:
    rows = explorer(page, "conv").get_by_role("grid", name=re.compile(f"^{name}")).get_by_role("row")
    return np.array(
        rows.evaluate_all("rows => rows.map(row => [...row.children].map(one => Number(one.dataset.value)))")
    )


def values(where: Locator) -> list[float]:
    return where.evaluate_all("all => all.map(one => Number(one.dataset.value))")


def settled(page: Page, expression: str, wanted: object) -> None:
    """The kernel comes to agree: what the browser changed has arrived."""
    for _ in range(40):
        if ask(page, expression) == str(wanted):
            return
        page.wait_for_timeout(50)
    assert ask(page, expression) == str(wanted)


def kernel_state(page: Page, name: str, traits: list[str]) -> dict:
    expression = f"{{name: getattr({name}, name).tolist() if hasattr(getattr({name}, name), 'tolist')"
    return ast.literal_eval(ask(page, f"{expression} else getattr({name}, name) for name in {traits!r}}}"))


@pytest.mark.parametrize("name", list(NAMES))
def test_every_slider_moves_by_keyboard_and_by_mouse(page, name):
    sliders = explorer(page, name).get_by_role("slider")
    moved = 0
    for k in range(sliders.count()):
        slider = sliders.nth(k)
        if slider.is_hidden() or slider.is_disabled():
            continue
        slider.scroll_into_view_if_needed()
        value = slider.input_value()
        slider.press("ArrowLeft" if value == slider.get_attribute("max") else "ArrowRight")
        assert slider.input_value() != value, "JupyterLab has taken the arrow key"
        expect(slider).to_be_focused()
        box = slider.bounding_box()
        for part in (0.15, 0.85):
            before = slider.input_value()
            page.mouse.click(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
            if slider.input_value() != before:
                break
        assert slider.input_value() != before, slider.get_attribute("aria-label")
        moved += 1
        # Lengths of other sliders may depend on this one; a step back keeps most pictures meaningful.
        slider.press("Home")
        slider.press("ArrowRight")
    assert moved >= {"conv": 6, "graph": 1, "smooth": 1, "field": 5}.get(name, 2)


def test_the_numbers_in_the_page_are_torchs_and_the_kernels(page):
    view = explorer(page, "conv")
    for mode in ("cross-correlation", "convolution", "max", "average", "lp"):
        view.get_by_role("combobox", name="Operation").select_option(mode)
        settled(page, "conv.mode", mode)
        settings = kernel_state(page, "conv", ["image", "kernel", "stride", "padding", "dilation", "p", "output"])
        kernel_says = settings.pop("output")
        mine = ConvExplorer(mode=mode, **settings)
        np.testing.assert_allclose(grid(page, "Output"), mine.output)
        np.testing.assert_allclose(kernel_says, mine.output)

    soft = kernel_state(page, "soft", ["T", "y"])
    mine = SoftThresholdExplorer(**soft)
    assert values(explorer(page, "soft").locator("b[data-value]")) == pytest.approx([mine.value, mine.slope])

    slider = explorer(page, "graph").get_by_role("slider", name="Step")
    slider.press("End")
    rows = explorer(page, "graph").locator("tbody tr")
    shown = dict(rows.evaluate_all("rows => rows.map(row => [row.dataset.name, Number(row.dataset.adjoint)])"))
    assert shown == pytest.approx(GraphStepper("network").adjoints)
    assert ast.literal_eval(ask(page, "graph.adjoints")) == pytest.approx(shown)

    rates = kernel_state(page, "rates", ["rate", "gamma"])
    mine = LearningRateExplorer(**rates)
    shown = values(explorer(page, "rates").locator(".g-line b"))
    assert shown == pytest.approx([mine.losses[-1], mine.averaged_losses[-1]][: len(shown)], nan_ok=True)

    smooth = kernel_state(page, "smooth", ["t", "passes"])
    both = SmoothnessExplorer(**smooth).numbers
    shown = values(explorer(page, "smooth").locator(".g-dial b[data-value]"))
    assert shown == [both[net][name] for net in ("plain", "batch_norm") for name in ("loss", "degrees", "L")]

    field = kernel_state(page, "field", ["sentence", "kernel", "stride", "padding", "layers", "position"])
    mine = ReceptiveFieldExplorer(**field)
    words = mine.fields[min(field["position"], mine.output_length - 1)]
    expect(explorer(page, "field").locator(".g-line")).to_contain_text(" ".join(words))


def test_typing_in_a_cell_reaches_the_kernel_and_no_shortcut_fires(page):
    view = explorer(page, "conv")
    view.get_by_role("combobox", name="Operation").select_option("cross-correlation")
    view.get_by_role("combobox", name="Example").select_option("AB")
    cells = page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    target = view.get_by_role("grid", name=re.compile("^Image")).locator("[data-row='2'][data-column='3']")
    # In command mode the letters b, a, d, d would add and delete cells of the notebook.
    target.click()
    page.keyboard.type("badd")
    page.keyboard.press("Enter")
    expect(view.get_by_role("alert")).to_contain_text("“badd” is not a number")
    target.click()
    page.keyboard.type("-6")
    page.keyboard.press("Enter")
    settled(page, "conv.image[2, 3]", -6.0)
    assert page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length") == cells
    image = ConvExplorer().image.copy()
    image[2, 3] = -6
    np.testing.assert_allclose(grid(page, "Output"), ConvExplorer(image).output)


def test_play_moves_the_window_and_tells_the_kernel_where_it_stopped(page):
    view = explorer(page, "conv")
    view.get_by_role("button", name="Play").click()
    expect(view.locator(".g-line")).to_contain_text("C[0, 2] =")
    view.get_by_role("button", name="Pause").click()
    place = re.search(r"C\[(\d), (\d)\]", view.locator(".g-line").inner_text())
    settled(page, "conv.position", 3 * int(place[1]) + int(place[2]))
    view.get_by_role("button", name="Show all").click()


def test_what_python_sets_is_what_the_page_shows(page):
    ask(page, "[setattr(conv, *pair) for pair in dict(stride=2, padding=1, kernel=[[1, 2], [3, 4]]).items()] and ''")
    view = explorer(page, "conv")
    expect(view.get_by_role("slider", name="Stride")).to_have_attribute("aria-valuetext", "2")
    np.testing.assert_allclose(grid(page, "Output"), json.loads(ask(page, "conv.output.tolist()")))
    ask(page, "setattr(conv, 'output', conv.output + 1)")
    expect(view.locator(".g-claim")).to_contain_text("Your output differs in 9 of 9 cells")
    view.get_by_role("slider", name="Stride").press("ArrowLeft")
    expect(view.locator(".g-claim")).to_be_hidden()
    settled(page, "conv.claim", None)
    ask(page, "setattr(conv, 'stride', 0)")
    expect(view.get_by_role("alert")).to_contain_text("stride of 0 would never move")
    ask(page, "setattr(conv, 'stride', 'a')")
    expect(view.get_by_role("alert")).to_contain_text("stride must be a whole number")
    ask(page, "setattr(conv, 'stride', 1)")
    expect(view.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_explorers_follow_jupyterlabs_theme_without_serious_violations(page, axe, theme):
    command(page, "apputils:change-theme", {"theme": f"JupyterLab {theme}"})
    expect(explorer(page, "conv")).to_have_attribute("data-theme", theme.lower())
    light = explorer(page, "conv").evaluate("one => getComputedStyle(one).backgroundColor")
    assert light == {"Light": "rgb(255, 255, 255)", "Dark": "rgb(21, 24, 30)"}[theme]
    page.evaluate(axe)
    result = page.evaluate("axe.run({ include: ['.gradus'] }, { resultTypes: ['violations'] })")
    serious = [(v["id"], v["nodes"][0]["html"]) for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_reloading_the_page_brings_the_state_back(page):
    ask(page, "[setattr(conv, *pair) for pair in dict(stride=2, padding=1).items()] and ''")
    command(page, "docmanager:save")
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context?.isReady")
    view = explorer(page, "conv")
    expect(view.get_by_role("slider", name="Stride")).to_have_attribute("aria-valuetext", "2")
    view.get_by_role("slider", name="Padding").press("Home")
    wait_idle(page)
    settled(page, "conv.padding", 0)


def test_explorers_go_on_when_the_kernel_restarts(page):
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    page.evaluate(f"{kernel}.restart()")
    page.wait_for_function(f"{kernel}.status === 'idle'")
    view = explorer(page, "conv")
    view.get_by_role("combobox", name="Example").select_option("AB")
    view.get_by_role("slider", name="Padding").press("ArrowRight")
    assert grid(page, "Output").shape == (5, 5)
    np.testing.assert_allclose(grid(page, "Output"), ConvExplorer(padding=1).output)
    run_all(page)
    expect(explorer(page, "conv").get_by_role("slider", name="Stride")).to_have_attribute("aria-valuetext", "2")
    explorer(page, "conv").get_by_role("slider", name="Stride").press("ArrowRight")
    settled(page, "conv.stride", 3)


def test_fifty_explorers_leak_nothing(lab):
    cells = [
        "import threading, matplotlib.pyplot\nimport gradus.widgets as w",
        "comms = get_ipython().kernel.comm_manager.comms",
        "count = lambda: (threading.active_count(), len(matplotlib.pyplot.get_fignums()), len(comms))",
        "shown, counts = [], [count()]",
        "def add():\n    shown.append(w.ConvExplorer(stride=2))\n    display(shown[-1])\n    counts.append(count())",
        "for _ in range(50):\n    add()",
    ]
    page = lab.open("fifty.ipynb", cells)
    expect(page.locator(".gradus")).to_have_count(50)
    counts = ast.literal_eval(ask(page, "counts"))
    assert {threads for threads, _, _ in counts[1:]} == {counts[1][0]}
    assert {figures for _, figures, _ in counts} == {0}
    assert counts[-1][2] - counts[0][2] == 50 * 2, "an explorer and its layout, nothing else"

    page.evaluate(COUNT_COMM_MESSAGES)
    page.wait_for_timeout(700)
    assert page.evaluate("window.sent") == 0, "fifty explorers that nobody touches are silent"
    slider = page.get_by_role("slider", name="Padding").nth(20)
    for key in ["ArrowRight", "ArrowLeft"] * 10:
        slider.press(key)
    page.wait_for_timeout(700)
    # A change, and the kernel's echo of it; ipywidgets merges changes that come faster than the kernel answers.
    assert page.evaluate("window.sent") <= 2 * 20 + 4
    settled(page, "shown[20].padding", 0)
    closed = "[one.close() for one in shown] and [one.layout.close() for one in shown] and ''"
    ask(page, closed)
    assert int(ask(page, "len(comms)")) == counts[0][2]
    expect(page.locator(".gradus")).to_have_count(0)
    page.close()
