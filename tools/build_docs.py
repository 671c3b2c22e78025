"""Build the docs site: pages from docs/ and README.md, the reference from docstrings. Needs no network.

    python tools/build_docs.py [SITE]        SITE is the folder to write, `site` by default

Pages that MENU does not name come last in the menu, under their own headings: a new page needs no change here. A broken
link ends the build. Links that lead out of docs/, to code, become text.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))
from reference_pages import write_reference

ROOT = Path(__file__).parents[1]

MENU: dict[str, list[str]] = {
    "Start": ["index.md"],
    "Students": ["students.md", "personal-numbers.md"],
    "Instructors": ["instructors.md", "jupyterhub.md", "scaling.md"],
    "Authors": ["authoring.md"],
    "Explorers": ["widgets/*"],
    "Trust": ["proof.md", "threat-model.md", "design.md"],
    "Reference": ["reference/*"],
}

_LINK = re.compile(r"(?P<text>!?\[[^\]]*\])\((?P<target>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)")
_SHIM = re.compile(
    r'src="https://unpkg\.com/iframe-worker/shim"(?=.*?src="(?P<up>[^"]*)assets/javascripts/)', re.DOTALL
)
"""Search from disk fetches a program; ours does the same without a network."""

_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def main(site: Path) -> None:
    """Gather the pages, write the menu, build."""
    with TemporaryDirectory() as scratch:
        build(Path(scratch), site)
    print(f"The docs site is in {site}: open {site / 'index.html'}")


def build(work: Path, site: Path) -> None:
    """The same, in a folder that may be thrown away."""
    pages = work / "docs"
    for path in filter(is_copied, sorted((ROOT / "docs").rglob("*"))):
        gather(path, pages / _name(path.relative_to(ROOT / "docs")))
    gather(ROOT / "README.md", pages / "index.md")
    start = (pages / "index.md").read_text(encoding="utf-8")
    (pages / "index.md").write_text(f"---\nhide:\n  - navigation\n---\n\n{start}", encoding="utf-8")
    write_reference(ROOT / "lib", pages / "reference")
    settings = (ROOT / "tools" / "zensical.toml").read_text(encoding="utf-8")
    menu = f"nav = {as_toml(menu_of(pages))}\n"
    (work / "zensical.toml").write_text(re.sub(r"^# nav:.*\n", lambda _: menu, settings, flags=re.MULTILINE))
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    outcome = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if outcome.returncode:
        said = re.sub(r"\x1b\[[\d;]*m", "", outcome.stdout + outcome.stderr)
        sys.exit(f"The docs site was not built:\n{said.split('Traceback')[0]}")
    for page in (work / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(_SHIM.sub(lambda script: f'src="{script["up"]}worker_from_file.js"', text), encoding="utf-8")
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(work / "site", site)


def is_copied(path: Path) -> bool:
    """Is this file of docs/ a page, or something that pages show? (docs/README.md is for those who read the folder.)"""
    shown = {".md", ".png", ".svg", ".css", ".js", ".html", ".csv"}
    return path != ROOT / "docs" / "README.md" and path.is_file() and path.suffix in shown


def gather(source: Path, target: Path) -> None:
    """Copy one file of docs/ (or the README); in a page, links fit its new place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".md":
        shutil.copyfile(source, target)
        return
    parts = _FENCE.split(source.read_text(encoding="utf-8"))
    parts[::2] = [_LINK.sub(lambda link: _moved(link, source), part) for part in parts[::2]]
    target.write_text("".join(parts), encoding="utf-8")


def _moved(link: re.Match[str], source: Path) -> str:
    target, anchor = link["target"], link["anchor"] or ""
    if not target or ":" in target:
        return link[0]
    place = (source.parent / target).resolve()
    if place == ROOT / "README.md":
        page = Path("index.md")
    elif place.is_relative_to(ROOT / "docs"):
        file = place / "README.md" if place.is_dir() else place
        if place.exists() and not is_copied(file):
            return link["text"].strip("[]")  # a program, or a folder without a page
        page = _name(file.relative_to(ROOT / "docs"))
    elif place.exists():
        return link["text"].strip("[]")
    else:
        return link[0]  # broken: the build says so
    above = 0 if source.parent == ROOT else len(source.parent.relative_to(ROOT / "docs").parts)
    return f"{link['text']}({'../' * above}{page.as_posix()}{anchor})"


def _name(path: Path) -> Path:
    return path.with_name("index.md") if path.name == "README.md" else path


def menu_of(pages: Path) -> list[dict[str, object]]:
    """The menu, with every page in it exactly once."""
    rest = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    menu: list[dict[str, object]] = []
    for title, wanted in MENU.items():
        found = []
        for pattern in wanted:
            # the page of a folder before the pages in it
            found += sorted({n for n in rest if Path(n).match(pattern)}, key=lambda n: (not n.endswith("index.md"), n))
            rest -= set(found)
        if len(found) == 1:
            menu.append({title: found[0]})
        elif found:
            menu.append({title: [{title_of(pages / name): name} for name in found]})
    if rest:
        menu.append({"More": [{title_of(pages / name): name} for name in sorted(rest)]})
    return menu


def title_of(page: Path) -> str:
    """The first heading."""
    heading = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return heading[1].replace("`", "") if heading else page.stem


def as_toml(value: object) -> str:
    """Texts, lists and dictionaries as an inline value."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    assert isinstance(value, dict)
    return "{ " + ", ".join(f"{as_toml(key)} = {as_toml(item)}" for key, item in value.items()) + " }"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site").resolve())
