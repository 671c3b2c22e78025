"""Explorers alone in a page, without kernel and without network, driven as a reader drives them."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import gradus.widgets
from gradus.widgets import (
    ConvExplorer,
    GraphStepper,
    LearningRateExplorer,
    ReceptiveFieldExplorer,
    SmoothnessExplorer,
    SoftThresholdExplorer,
)

pytestmark = pytest.mark.browser
EXPLORERS = [getattr(gradus.widgets, name) for name in gradus.widgets.__all__]


def grid(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name=re.compile(f"^{name}"))


def cell(page: Page, name: str, row: int, column: int) -> Locator:
    return grid(page, name).locator(f"[data-row='{row}'][data-column='{column}']")


def numbers(page: Page, name: str) -> np.ndarray:
    rows = (
        grid(page, name)
        .get_by_role("row")
        .evaluate_all("rows => rows.map(row => [...row.children].map(cell => Number(cell.dataset.value)))")
    )
    return np.array(rows)


def press(page: Page, name: str, keys: str) -> None:
    slider = page.get_by_role("slider", name=name, exact=True)
    for key in keys.split():
        slider.press(key)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_audit_finds_no_serious_violation(open_page, axe, theme):
    states = [Explorer() for Explorer in EXPLORERS]
    states += [
        ConvExplorer(8, 2, stride=3, padding=1),
        ConvExplorer(stride=0),
        ConvExplorer(padding=1, view="backward"),
    ]
    states += [ConvExplorer(mode="lp", p=3), GraphStepper(step=9), ReceptiveFieldExplorer(stride=4)]
    for explorer in states:
        page = open_page(explorer, theme=theme)
        expect(page.locator(".gradus")).to_have_attribute("data-theme", theme)
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        serious = [
            (v["id"], v["nodes"][0]["html"]) for v in result["violations"] if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], type(explorer).__name__
        page.close()


@pytest.mark.parametrize("Explorer", EXPLORERS)
def test_a_phone_needs_no_scrolling_sideways(open_page, Explorer):
    page = open_page(Explorer(), width=380)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    wide = page.evaluate(
        """[...document.querySelectorAll('.gradus *')].filter(one => one.getBoundingClientRect().right > 381
            && !one.closest('.g-scroll')).length"""
    )
    assert wide == 0


@pytest.mark.parametrize("Explorer", EXPLORERS)
def test_every_control_has_a_name_and_a_visible_focus(open_page, Explorer):
    page = open_page(Explorer())
    page.locator("body").focus()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one.closest('.gradus')) return null;
                const style = getComputedStyle(one);
                return { name: one.getAttribute('aria-label') ?? one.textContent ?? '', labels: one.labels?.length ?? 0,
                         outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                         key: [...document.querySelectorAll('.gradus *')].indexOf(one) };
            }"""
        )
        if found is None or found["key"] in seen:
            break
        seen.add(found["key"])
        assert found["name"].strip() or found["labels"], found
        assert found["outline"], found
    assert len(seen) >= 2


def test_the_floor_is_a_lesson_and_not_an_error(open_page):
    page = open_page(ConvExplorer(20, 3, stride=4, padding=2))
    formula = page.get_by_role("img", name=re.compile("floor"))
    expect(formula).to_have_attribute("aria-label", "O = floor((20 − 3 + 2·2) / 4) + 1 = floor(5.25) + 1 = 5 + 1 = 6")
    expect(page.locator(".g-lost")).to_contain_text("21/4 = 5.25, and the floor makes it 5. The last row and")
    expect(page.get_by_role("alert")).to_be_hidden()
    unread = page.locator(".g-unread")
    # 1 row and 1 column behind the last window, 5 of each between windows, in a padded image of 24 x 24.
    assert unread.count() == 24 * 24 - 18 * 18
    expect(unread.first).to_have_attribute("aria-label", re.compile("never read"))


def test_the_window_shows_its_products_and_their_sum(open_page):
    page = open_page(ConvExplorer(position=1))
    assert numbers(page, "Under the window").tolist() == [[20, 6, 6], [15, 10, 10], [6, 16, 3]]
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = 5·4 + 2·3 + 2·3 + 3·5 + 2·5 + 2·5 + 3·2 + 4·4 + 1·3 = 92")
    expect(page.locator(".g-result >> visible=true")).to_have_text("sum = 92")


def test_a_click_on_an_output_cell_moves_the_window_there(open_page):
    page = open_page(ConvExplorer(stride=2, padding=1))
    cell(page, "Output", 1, 2).click()
    expect(page.locator(".g-line")).to_contain_text("C[1, 2] =")
    moved = page.locator(".g-img > .g-window").evaluate("one => one.style.transform")
    side = cell(page, "Image", 0, 0).evaluate("one => one.getBoundingClientRect().width")
    assert moved == f"translate({4 * side:g}px, {2 * side:g}px)"
    cell(page, "Output", 1, 2).press("ArrowLeft")
    cell(page, "Output", 1, 1).press("Enter")
    expect(page.locator(".g-line")).to_contain_text("C[1, 1] =")
    page.mouse.down()
    cell(page, "Output", 2, 0).hover()
    expect(page.locator(".g-line")).to_contain_text("C[2, 0] =")


def test_a_finger_drives_it_too(open_page):
    page = open_page(ConvExplorer(), width=380)
    cell(page, "Output", 2, 1).tap()
    expect(page.locator(".g-line")).to_contain_text("C[2, 1] =")
    page.get_by_role("button", name="Step").tap()
    expect(page.locator(".g-line")).to_contain_text("C[2, 2] =")


def test_play_fills_the_output_cell_by_cell_and_pauses(open_page):
    page = open_page(ConvExplorer())
    page.get_by_role("slider", name="Speed").fill("4")
    page.get_by_role("button", name="Start empty").click()
    assert grid(page, "Output").locator(".g-empty").count() == 8
    page.get_by_role("button", name="Step").click()
    assert grid(page, "Output").locator(".g-empty").count() == 7
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelectorAll('.g-empty').length < 6")
    page.get_by_role("button", name="Pause").click()
    left = grid(page, "Output").locator(".g-empty").count()
    page.wait_for_timeout(250)
    assert grid(page, "Output").locator(".g-empty").count() == left
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert grid(page, "Output").locator(".g-empty").count() == 0
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Show all").click()
    assert grid(page, "Output").locator(".g-empty").count() == 0


def test_the_window_glides_or_steps(open_page):
    page = open_page(ConvExplorer())
    duration = "one => getComputedStyle(one).transitionDuration"
    page.get_by_role("button", name="Step").click()
    assert page.locator(".g-img > .g-window").evaluate(duration) == "0.18s"
    page.get_by_role("checkbox", name="glide").uncheck()
    page.get_by_role("button", name="Step").click()
    assert page.locator(".g-img > .g-window").evaluate(duration) == "0s"


def test_cells_are_edited_by_click_and_type(open_page):
    page = open_page(ConvExplorer())
    cell(page, "Image", 0, 0).click()
    page.keyboard.type("-1/2")
    page.keyboard.press("Tab")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    cell(page, "Kernel", 2, 2).focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    image, kernel = ConvExplorer().image.copy(), ConvExplorer().kernel.copy()
    image[0, :2], kernel[2, 2] = (-0.5, 10), 7
    np.testing.assert_allclose(numbers(page, "Image"), image)
    np.testing.assert_allclose(numbers(page, "Output"), ConvExplorer(image, kernel).output)
    cell(page, "Image", 0, 0).click()
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    np.testing.assert_allclose(numbers(page, "Image"), image)


def test_letters_in_a_cell_get_a_sentence_and_the_cell_keeps_its_number(open_page):
    page = open_page(ConvExplorer())
    cell(page, "Image", 0, 0).click()
    page.keyboard.type("cat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“cat” is not a number")
    expect(page.get_by_role("alert")).to_contain_text("the cell keeps 4")
    assert numbers(page, "Image")[0, 0] == 4
    press(page, "Stride", "ArrowRight")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_grid_that_shrinks_and_grows_again_has_its_numbers_back(open_page):
    page = open_page(ConvExplorer())
    press(page, "Kernel size", "ArrowLeft ArrowLeft")
    assert numbers(page, "Kernel").tolist() == [[4]]
    press(page, "Kernel size", "ArrowRight ArrowRight")
    assert numbers(page, "Kernel").tolist() == ConvExplorer().kernel.tolist()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"stride": 0}, "stride of 0 would never move"),
        ({"kernel": 9}, "no place to put it"),
        ({"padding": -2}, "padding of -2"),
        ({"dilation": 0}, "dilation of 0"),
        ({"mode": "max", "padding": 3}, "at most half the window, here 1"),
        ({"mode": "lp", "p": 0.5}, "p of at least 1"),
        ({"image": np.ones((200, 200))}, "200 × 200 cells; the picture shows its first 32 × 32"),
        ({"image": "cat"}, "image must be rows of numbers"),
        ({"stride": 10**9}, ""),
    ],
)
def test_absurd_values_get_a_sentence_in_place(open_page, state, sentence):
    page = open_page(ConvExplorer(**state))
    if sentence:
        expect(page.get_by_role("alert")).to_contain_text(sentence)
    page.get_by_role("combobox", name="Operation").select_option("cross-correlation")
    page.get_by_role("combobox", name="Example").select_option("AB")
    assert numbers(page, "Output").tolist() == ConvExplorer().output.tolist()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_presets_bring_the_lectures_numbers_and_known_kernels(open_page):
    page = open_page(ConvExplorer())
    example = page.get_by_role("combobox", name="Example")
    example.select_option("small")
    assert numbers(page, "Output").tolist() == [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
    example.select_option("pool")
    assert numbers(page, "Output").tolist() == [[4, 5], [3, 5]]
    example.select_option("misfit")
    assert numbers(page, "Output").shape == (6, 6)
    example.select_option("AB")
    for name in ("upright", "level", "blur", "sharpen", "identity"):
        example.select_option(name)
        kernel = numbers(page, "Kernel")
        np.testing.assert_allclose(numbers(page, "Output"), ConvExplorer(kernel=kernel).output, atol=1e-12)
    np.testing.assert_allclose(numbers(page, "Output"), ConvExplorer().image[1:-1, 1:-1])


def test_every_mode_says_what_it_does_with_the_numbers(open_page):
    page = open_page(ConvExplorer(mode="max", kernel=2, padding=1, position=1))
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = max((−∞), (−∞), 4, 5) = 5")
    mode = page.get_by_role("combobox", name="Operation")
    mode.select_option("average")
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = (0 + 0 + 4 + 5) / 4 = 2.25")
    page.get_by_role("checkbox", name="count padded cells").uncheck()
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = (4 + 5) / 2 = 4.5")
    mode.select_option("lp")
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = (02 + 02 + 42 + 52)1/2 = 6.4031")
    press(page, "Power", "End")
    expect(page.get_by_role("slider", name="Power")).to_have_attribute("aria-valuetext", "∞")
    expect(page.locator(".g-line")).to_have_text("C[0, 1] = max(|0|, |0|, |4|, |5|) = 5")
    mode.select_option("convolution")
    expect(page.locator(".g-remark")).to_contain_text("turned by 180°")


def test_the_backward_view_shows_what_a_pixel_feeds_and_what_it_gets(open_page):
    page = open_page(ConvExplorer())
    page.get_by_role("button", name="Backward").click()
    cell(page, "Image", 1, 1).click()
    expect(page.locator(".g-line")).to_have_text("dE/dA[1, 1] = 1·5 + 1·5 + 1·3 + 1·4 = 17")
    assert grid(page, "Gradient of the output").locator(".g-chosen").count() == 4
    assert grid(page, "Kernel").locator(".g-chosen").count() == 4
    expect(page.locator(".g-aloud")).to_contain_text("A[1, 1] feeds 4 outputs: C[0, 0], C[0, 1], C[1, 0], C[1, 1].")
    assert numbers(page, "Gradient of the image").tolist() == ConvExplorer().input_gradient.tolist()
    cell(page, "Gradient of the output", 0, 0).click()
    page.keyboard.type("-2")
    page.keyboard.press("Enter")
    grad = [[-2, 1, 1], [1, 1, 1], [1, 1, 1]]
    np.testing.assert_allclose(numbers(page, "Gradient of the image"), ConvExplorer(grad_output=grad).input_gradient)
    page.get_by_role("combobox", name="Operation").select_option("max")
    np.testing.assert_allclose(
        numbers(page, "Gradient of the image"), ConvExplorer(mode="max", grad_output=grad).input_gradient
    )


def test_an_output_of_ones_own_is_compared(open_page):
    explorer = ConvExplorer()
    explorer.output = [[109, 92, 72], [108, 80, 74], [110, 74, 79]]
    page = open_page(explorer)
    expect(page.locator(".g-claim")).to_have_text(
        "Your output differs in 1 of 9 cells, first at C[1, 1]: yours is 80, the window gives 85."
    )
    expect(cell(page, "Output", 1, 1)).to_have_class(re.compile("g-differs"))
    explorer.output = np.ones((5, 5))
    page = open_page(explorer)
    expect(page.locator(".g-claim")).to_have_text("Your output is 5 × 5; the formula gives 3 × 3.")


def test_the_soft_thresholds_point_is_dragged(open_page):
    page = open_page(SoftThresholdExplorer(T=2))
    plot = page.get_by_role("img", name=re.compile("^f with"))
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 100)
    page.mouse.down()
    expect(page.locator(".g-lines")).to_contain_text("since −T ≤")
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 100, steps=4)
    page.mouse.up()
    y = float(page.get_by_role("slider", name="Point").input_value())
    assert y < -4
    shown = [float(text) for text in page.locator(".g-line b").evaluate_all("all => all.map(one => one.dataset.value)")]
    explorer = SoftThresholdExplorer(T=2, y=y)
    assert shown == pytest.approx([explorer.value, explorer.slope])
    page = open_page(SoftThresholdExplorer(T=-1))
    expect(page.get_by_role("alert")).to_contain_text("must be above 0")


def test_the_graph_adds_where_paths_meet(open_page):
    page = open_page(GraphStepper("polynomial"))
    step = page.get_by_role("button", name="Step")
    step.click()
    expect(page.locator(".g-lesson")).to_have_text("Forward: a = x1 + x2 = 1 + 2 = 3")
    for _ in range(9):
        step.click()
    expect(page.locator(".g-lesson")).to_contain_text("Paths meet here, and add: x̄3 = −1 + 2 = 1")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_role("slider", name="Step")).to_have_attribute("aria-valuetext", "9 of 11")
    step.click()
    step.click()
    x1 = page.get_by_label("x1 =")
    x1.fill("3")
    x1.press("Enter")
    rows = page.locator("tbody tr").evaluate_all("rows => rows.map(r => [r.dataset.name, Number(r.dataset.adjoint)])")
    stepper = GraphStepper("polynomial")
    stepper.graph = [{**node, "value": 3.0} if node["name"] == "x1" else node for node in stepper.graph]
    assert dict(rows) == pytest.approx(stepper.adjoints)
    x1.fill("cat")
    x1.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“cat” is not a number")
    expect(x1).to_have_value("3")


def test_the_learning_rate_presets_explain_themselves(open_page):
    page = open_page(LearningRateExplorer())
    comments = set()
    for name, rate in (("stable", 0.002), ("at the edge", 0.008), ("diverging", 0.032)):
        page.get_by_role("button", name=name).click()
        shown = page.locator(".g-line b").evaluate_all("all => all.map(one => Number(one.dataset.value))")
        explorer = LearningRateExplorer(rate)
        assert shown == [explorer.losses[-1], explorer.averaged_losses[-1]]
        comments.add(page.locator(".g-lost").inner_text())
    assert len(comments) == 3
    press(page, "Learning rate", "End")
    expect(page.locator(".g-line")).to_contain_text("it was nan")
    expect(page.get_by_role("img", name=re.compile("it was nan"))).to_be_visible()
    press(page, "Averaging", "Home")
    expect(page.get_by_role("slider", name="Averaging")).to_have_attribute("aria-valuetext", "1 (none)")


def test_the_smoothness_explorer_compares_both_networks(open_page):
    page = open_page(SmoothnessExplorer())
    press(page, "Steps along u", "End")
    page.get_by_role("button", name="after 5 passes").click()
    shown = page.locator(".g-dial b[data-value]").evaluate_all("all => all.map(one => Number(one.dataset.value))")
    numbers = SmoothnessExplorer(t=24, passes=5).numbers
    assert shown == [numbers[net][name] for net in ("plain", "batch_norm") for name in ("loss", "degrees", "L")]
    expect(page.get_by_role("img", name=re.compile("with BatchNorm: the gradient has turned"))).to_be_visible()


def test_the_receptive_field_follows_the_sentence(open_page):
    page = open_page(ReceptiveFieldExplorer())
    page.get_by_role("textbox", name="Sentence").fill("the cat sat on the mat")
    press(page, "Stride", "ArrowRight ArrowRight")
    press(page, "Output position", "End")
    explorer = ReceptiveFieldExplorer("the cat sat on the mat", stride=3)
    expect(page.locator(".g-line")).to_contain_text(f"sees 3 words: {' '.join(explorer.fields[-1])}")
    press(page, "Stride", "ArrowRight")
    expect(page.locator(".g-lost")).to_contain_text("No output sees “on”")
    page.get_by_role("textbox", name="Sentence").fill("")
    expect(page.get_by_role("alert")).to_contain_text("no word to read")
    page.get_by_role("textbox", name="Sentence").fill("word " * 60)
    expect(page.get_by_role("alert")).to_contain_text("room for 24 words")


def test_a_page_holds_its_state_as_data_that_cannot_become_code():
    page = ReceptiveFieldExplorer("</script><b>hello").page()
    data = re.search(r'<script type="application/json" id="state">(.*?)</script>', page, re.DOTALL).group(1)
    assert json.loads(data)["sentence"] == "</script><b>hello"
