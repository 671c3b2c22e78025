"""Reads the attack corpus: one file an attack, a header in its docstring, then what the attacker sends."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Attack:
    """One attack.

    how   where the code goes: see README.md
    """

    family: str
    name: str
    title: str
    how: str
    header: dict[str, str]
    code: str

    @property
    def label(self) -> str:
        return f"{self.family}/{self.name}"

    def defines(self, name: str):
        """What the file's code defines under a name, for attacks that prepare a file rather than run in a kernel."""
        found: dict = {}
        exec(compile(self.code, self.label, "exec"), found)
        return found[name]


@cache
def attacks(how: str = "") -> tuple[Attack, ...]:
    """All attacks, or those of one kind, in order."""
    found = tuple(_read(path) for path in sorted(HERE.glob("*/*.py")))
    return tuple(attack for attack in found if how in ("", attack.how))


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    docstring = ast.get_docstring(tree) or ""
    title, _, rest = docstring.partition("\n")
    header = dict(re.findall(r"^(\w+): (.*)$", rest, re.MULTILINE))
    code = "".join(text.splitlines(keepends=True)[tree.body[0].end_lineno :])
    return Attack(path.parent.name, path.stem, title.strip(), header.get("how", ""), header, code.strip() + "\n")
