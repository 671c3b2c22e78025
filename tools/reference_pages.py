"""The reference: a page a module, from signatures and docstrings. griffe reads the files; nothing is imported."""

from __future__ import annotations

import re
from pathlib import Path

import griffe

PACKAGES = {"gradus": "The students' package", "gradus_staff": "The instructors' package"}
"""Answers, texts of notebooks and the command line (`gradus --help` is its reference) are left out."""
LEFT_OUT = {"gradus.cli", "gradus.questions", "gradus_staff.cli", "gradus_staff.commands", "gradus_staff.key",
            "gradus_staff.notebooks"}  # fmt: skip


def write_reference(library: Path, folder: Path) -> None:
    """Write folder/index.md and a page for each module at the top of each package."""
    folder.mkdir(parents=True, exist_ok=True)
    index = ["# Reference\n", "What modules offer to each other; commands say what they do with `gradus --help`.\n"]
    for name, title in PACKAGES.items():
        package = griffe.load(name, search_paths=[library], submodules=True)
        index += [f"## {title}: `{name}`\n", "| module | |", "| --- | --- |"]
        for module in sorted(_modules(package), key=lambda one: one.name):
            page = f"{module.path}.md"
            (folder / page).write_text(_page(module), encoding="utf-8")
            index.append(f"| [{module.path}]({page}) | {_first_line(module)} |")
        index.append("")
    (folder / "index.md").write_text("\n".join(index), encoding="utf-8")


def _modules(package: griffe.Object) -> list[griffe.Module]:
    """The public modules of a package that offer something."""
    found = [one for one in package.modules.values() if not one.is_alias and not one.name.startswith("_")]
    return [one for one in found if one.path not in LEFT_OUT and (one.exports or one.modules)]


def _page(module: griffe.Module) -> str:
    parts = [f"# {module.path}\n", _text(module)]
    parts += _members(module, "##")
    for part in sorted(_modules(module), key=lambda one: one.name):
        parts += [f"## {part.path}\n", _text(part), *_members(part, "###")]
    return "\n".join(part for part in parts if part)


def _members(module: griffe.Module, heading: str) -> list[str]:
    """What a module itself offers; what it passes on is with the module that it comes from."""
    parts = []
    for name in sorted(map(str, module.exports or [])):
        member = module.members.get(name)
        if member is None or member.is_alias or member.is_module:
            continue
        if member.is_class:
            parts += _class(member, heading)
        elif member.is_function:
            parts += [f"{heading} {name}\n", _signature(member), _text(member)]
        elif member.docstring:
            parts += [f"{heading} {name}\n", _text(member)]
    return parts


def _class(member: griffe.Object, heading: str) -> list[str]:
    bases = f"({', '.join(map(str, member.bases))})" if member.bases else ""
    init = member.members.get("__init__")
    shown = f"```python\nclass {member.name}{bases}\n```\n" if init is None or init.is_alias else _signature(init)
    parts = [f"{heading} {member.name}\n", shown, _text(member)]
    for method in member.members.values():
        if not method.is_alias and not method.name.startswith("_") and method.docstring:
            parts.append(f"{heading}# {member.name}.{method.name}\n")
            parts += [_signature(method) if method.is_function else "", _text(method)]
    return parts


def _signature(function: griffe.Object) -> str:
    makes = function.name == "__init__"
    text = function.signature(name=function.parent.name if makes else function.name, return_type=not makes)
    if len(text) > 80:
        inside, result = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 1 :]
        lines = "".join(f"    {one},\n" for one in _split(inside))
        text = f"{text[: text.index('(')]}(\n{lines}){result}"
    return f"```python\n{text}\n```\n"


def _split(parameters: str) -> list[str]:
    """At the commas that are in no brackets."""
    parts, depth = [""], 0
    for sign in parameters:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _text(member: griffe.Object) -> str:
    """A docstring as Markdown: paragraphs, but tables of shapes and examples as they are written."""
    if not member.docstring:
        return ""
    parts = []
    for paragraph in re.split(r"\n\s*\n", member.docstring.value.strip("\n")):
        lines, rows = paragraph.splitlines(), _rows(paragraph)
        parts.append(_prose("\n".join(lines[: rows.start])))
        if rows:
            parts.append("```text\n" + "\n".join(lines[rows.start : rows.stop]) + "\n```")
        parts.append(_prose("\n".join(lines[rows.stop :])))
    return "\n\n".join(part for part in parts if part) + "\n"


def _rows(paragraph: str) -> range:
    """The lines that are a table or an example, not sentences; none where all are sentences."""
    is_row = [bool(re.search(r"\S {2,}\S|^ {2,}|^>>> |^\.\.\. ", line)) for line in paragraph.splitlines()]
    return range(is_row.index(True), len(is_row) - is_row[::-1].index(True)) if any(is_row) else range(0)


def _prose(text: str) -> str:
    """Escaped outside of code."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [re.sub(r"([*_|])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "".join(parts)


def _first_line(member: griffe.Object) -> str:
    return _prose(member.docstring.value.strip().splitlines()[0]) if member.docstring else ""
