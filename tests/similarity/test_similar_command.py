"""`gradus similar` on a class: sixty students, two who copied, and some whose files are broken."""

import json
import random
import re

import pytest
from classroom import Classroom
from disguise import disguised

from gradus_staff.answers import corpus_folder, read_answer
from gradus_staff.course import CourseError
from gradus_staff.similarity import read_class

HOSTILE = """payload = "</pre></details><script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"
result = [payload.strip().replace("a", "b"), payload.upper() + "\u202e reversed", len(payload) ** 2 + 17 * 3 - 4]
image = {"src": "https://example.org/a.png", "style": "} body { display: none", "values": [k * k + 3 for k in range(9)]}
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("similar"))
    cells = {}
    for path in sorted((corpus_folder() / "soft_threshold" / "right").glob("*.py")):
        for name, source in read_answer(path).cells.items():
            cells.setdefault(name.replace("-", "_"), []).append(source)
    draw = random.Random(3)
    work = {f"student{k:02d}": {name: draw.choice(pool) for name, pool in cells.items()} for k in range(54)}
    work["bob"] = read_answer(corpus_folder() / "soft_threshold" / "right" / "one_number.py").cells
    work["bob"] = {name.replace("-", "_"): source for name, source in work["bob"].items()}
    work["ann"] = {name: disguised(source) for name, source in work["bob"].items()}
    work["<img src=y onerror=alert(2)>"] = work["eve"] = {"E_answer": HOSTILE}
    for student, own in work.items():
        notebook = room.answered(**own)
        for cell in notebook.cells:
            cell.source = re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.MULTILINE)
        room.submit(student, notebook)
    room.submit("cut", "{" + '"cells": [')
    (room.root / "submitted" / "empty" / room.assignment).mkdir(parents=True)
    room.done = room.gradus("similar", room.assignment, "--json", "pairs.json", "--pairs", "40")
    return room


def test_broken_and_missing_notebooks_are_a_sentence(room):
    assert room.done.returncode == 0, room.done.stderr
    assert (
        "not compared: cut/soft_threshold: The submitted file soft_threshold.ipynb could not be read"
        in room.done.stderr
    )
    assert "not compared: empty/soft_threshold: soft_threshold.ipynb was not handed in" in room.done.stderr
    assert "Similarity is not guilt" in room.done.stdout


def test_the_json_says_who_shares_what_and_where(room):
    data = json.loads((room.root / "pairs.json").read_text())
    assert data["submissions"] == 60 and len(data["not_compared"]) == 2
    pair = next(one for one in data["pairs"] if "eve" in one["students"])
    assert "E-answer" in [passage["places"][0]["cell"] for passage in pair["passages"]]
    assert pair["shares"] == [1.0, 1.0]


def test_an_assignment_that_was_not_released_is_a_sentence(room):
    with pytest.raises(CourseError, match="run: gradus release alchemy"):
        read_class(room.course, "alchemy")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_shows_both_sides_and_runs_nothing_of_a_submission(room, browser, scheme):
    page_file = room.root / "similar-soft_threshold.html"
    page = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900}).new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(page_file.as_uri())
    assert page.title() == "soft_threshold: similar submissions"
    assert asked == [page_file.as_uri()] and said == []
    assert page.locator("script, img, iframe").count() == 0
    number = page.locator("tr", has_text="eve").first.locator("td").first.inner_text()
    pair = page.locator(f"#pair-{number}")
    if pair.get_attribute("open") is None:
        pair.locator("summary").click()
    sides = pair.locator(".side").all()
    assert [side.locator("mark").count() > 0 for side in sides] == [True, True]
    assert "onerror=alert(1)" in sides[0].inner_text() and "\\u202e reversed" in sides[0].inner_text()
    left, right = (side.bounding_box() for side in sides)
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    is_light = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 253, 251)"
    assert is_light == (scheme == "light")
    page.context.close()
