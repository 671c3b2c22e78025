"""How an explorer's JavaScript becomes one dependency-free ES module, as text."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+)\.js";\n', re.MULTILINE)


@cache
def source(filename: str) -> str:
    """The text of one file in js/, for example source("grid.js")."""
    return files(__package__).joinpath("js", filename).read_text(encoding="utf-8")


@cache
def module(name: str, recording: str = "") -> str:
    """The explorer js/<name>.js with the parts that it imports put in front, each once: one module, no imports.

    With `recording`, the curves of recorded/<recording>.json are the constant RECORDED of the module.

    >>> "import {" in module("conv")
    False
    """
    parts: dict[str, str] = {}

    def visit(part: str) -> None:
        if part in parts:
            return
        text = source(f"{part}.js")
        for imported in IMPORT.findall(text):
            visit(imported)
        parts[part] = IMPORT.sub("", text).strip()

    visit(name)
    data = [f"const RECORDED = {recorded(recording).strip()};"] if recording else []
    return "\n\n".join([*data, *parts.values()]) + "\n"


@cache
def stylesheet() -> str:
    """The one stylesheet that all explorers share."""
    return source("explorer.css")


@cache
def recorded(name: str) -> str:
    """The text of recorded/<name>.json: curves that needed training, made by gradus.widgets.record."""
    return files(__package__).joinpath("recorded", f"{name}.json").read_text(encoding="utf-8")
