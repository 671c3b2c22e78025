"""The docs site is built without a network, holds every page, and loads nothing from elsewhere."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

NO_NETWORK = ["bwrap", "--dev-bind", "/", "/", "--unshare-net"]


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [*NO_NETWORK, sys.executable, str(root / "tools" / "build_docs.py"), str(folder)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return folder


class _Loads(HTMLParser):
    """Gathers what a page loads without a click, and where its links lead."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"src", "srcset", "data", "poster"} or (tag == "link" and name == "href"):
                self.loads.append(value or "")
            elif tag == "a" and name == "href":
                self.links.append(value or "")


def test_no_page_loads_anything_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    loads = {page.relative_to(site).as_posix(): _Loads(page).loads for page in pages}
    assert all(loads.values()), "no page without a style sheet: the test sees what pages load"
    away = [(page, load) for page, found in loads.items() for load in found if re.match(r"(\w+:)?//", load)]
    assert not away
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_every_page_of_the_docs_is_in_the_site_and_in_its_menu(site, root):
    pages = [path.relative_to(root / "docs") for path in (root / "docs").rglob("*.md")]
    linked = {link.partition("#")[0] for page in site.glob("*.html") for link in _Loads(page).links}
    for page in pages:
        page = page.with_name("index.md") if page.name == "README.md" else page
        assert (site / page.with_suffix(".html")).is_file(), page
        assert {f"./{page.with_suffix('.html')}", str(page.with_suffix(".html"))} & linked, f"nothing leads to {page}"


def test_the_reference_has_signatures_and_no_answers(site):
    page = (site / "reference" / "gradus.question.html").read_text(encoding="utf-8")
    assert "find_question" in page and "One question by name; LookupError names those there are." in page
    assert not list((site / "reference").glob("gradus_staff.key*"))


def test_a_broken_link_ends_the_build(root, tmp_path):
    shutil.copytree(root / "tools", tmp_path / "tools")
    (tmp_path / "lib").symlink_to(root / "lib")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gradus.css").write_text("")
    (tmp_path / "docs" / "students.md").write_text("# Students\n\nSee [the exam](exams.md).\n")
    (tmp_path / "README.md").write_text("# Start\n\n[Students](docs/students.md), [code](lib)\n")
    command = [sys.executable, "tools/build_docs.py", str(tmp_path / "site")]
    broken = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert broken.returncode == 1
    assert "page does not exist" in broken.stderr and "exams.md" in broken.stderr
    (tmp_path / "docs" / "exams.md").write_text("# Exams\n")
    mended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert mended.returncode == 0, mended.stderr
    assert "More" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")  # the page that no menu names


@pytest.mark.browser
def test_the_start_page_and_its_search_work_from_disk_with_the_network_off(site, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked, failures = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text().startswith("Gradus")
    assert page.locator("img").first.evaluate("picture => picture.naturalWidth") > 0
    page.get_by_role("button", name="Search").first.click()
    page.locator("input[aria-autocomplete=list]").fill("threat model")
    page.get_by_text(re.compile(r"\d+ results?")).wait_for(timeout=30_000)
    assert asked and not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not failures
    context.close()
