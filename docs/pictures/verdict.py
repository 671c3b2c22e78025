"""Make docs/pictures/verdict.png: a wrong answer of the corpus, graded, as its student reads it."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))
from chromium import CHROMIUM_FLAGS, chromium_path  # noqa: E402
from classroom import Classroom  # noqa: E402

_MARKS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        room = Classroom(Path(folder))
        notebook = room.from_corpus("wrong/lost_sign")
        for cell in notebook.cells:
            cell.source = _MARKS.sub("", cell.source)
        room.submit("emil", notebook)
        for command in ("grade", "feedback"):
            outcome = room.gradus(command, room.assignment)
            assert outcome.returncode == 0, outcome.stderr
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 860, "height": 1000}, device_scale_factor=2)
        page.goto((room.root / "feedback" / "emil" / room.assignment / f"{room.assignment}.html").as_uri())
        answer = page.locator("pre", has_text="def soft_threshold(").first.bounding_box()
        question = page.get_by_text("What sign has the cube of a negative number?").last.bounding_box()
        assert answer and question
        top, bottom = answer["y"] - 12, question["y"] + question["height"] + 14
        clip = {"x": 16, "y": top, "width": 828, "height": bottom - top}
        page.screenshot(path=HERE / "verdict.png", full_page=True, clip=clip)
        browser.close()


if __name__ == "__main__":
    main()
