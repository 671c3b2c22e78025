"""What is compared: the tokens of a cell, with everything left out that a copier changes first.

Comments, docstrings, white space, the wording of texts and the names that somebody chose are gone; keywords, operators,
numbers, Python's builtins and the names behind a dot (`torch.where`, `x.abs`) stay. Prose is compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Literal, Name, Operator, Punctuation, String

__all__ = ["Token", "code_tokens", "prose_tokens"]

_WORD = re.compile(r"\w+")
_SILENT = frozenset("\\,;:()")
"""Punctuation that can be added without changing anything: brackets round a product, a comma at the end."""


@dataclass(frozen=True)
class Token:
    """One token.   text  after normalisation      start, end  its characters in the source"""

    text: str
    start: int
    end: int


def code_tokens(source: str) -> list[Token]:
    """The tokens of Python code, whole or broken: what cannot be read as Python is still taken apart."""
    lexed = list(_lexed(source))
    own = _attributes_of_its_own(lexed)
    tokens: list[Token] = []
    for index, (start, kind, text) in enumerate(lexed):
        normal = _normal(lexed, index, own)
        if kind in String and tokens and tokens[-1].text == "text":  # a literal comes in pieces
            tokens[-1] = Token("text", tokens[-1].start, start + len(text))
        elif normal:
            tokens.append(Token(normal, start, start + len(text)))
    return tokens


def prose_tokens(source: str) -> list[Token]:
    """The words of a text, in small letters."""
    return [Token(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(source)]


_Lexed = tuple[int, Any, str]


def _lexed(source: str) -> Iterator[_Lexed]:
    """Everything but white space, comments, docstrings and import lines."""
    text = _with_gaps_as_comments(source)
    for start, kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens_unprocessed(text):
        if value.strip() and kind not in Comment and kind not in String.Doc:
            yield start, kind, value


_IMPORT_OR_MAGIC = re.compile(r"^[ \t]*(?:(?:import|from)\b[^\n(]*(?:\([^)]{0,2000}\))?|[%!])[^\n]*", re.MULTILINE)
_EMPTY_LINES = re.compile(r"(?<=\n)\s*(?=\n)")


def _with_gaps_as_comments(source: str) -> str:
    """Imports, magics and empty lines as comments, so that every other character stays where it is.

    Empty lines, too, because the lexer's time grows with the square of their number.
    """
    source = _IMPORT_OR_MAGIC.sub(lambda match: re.sub(r"[^\n]", "#", match.group()), source)
    return _EMPTY_LINES.sub(lambda match: "#" * len(match.group()), source)


def _attributes_of_its_own(lexed: list[_Lexed]) -> set[str]:
    """Names behind a dot that the code itself gives (`self.matrix = ...`, `def forward`): they can be renamed, too."""
    own = set()
    for before, (_, kind, text), after in zip(lexed, lexed[1:], [*lexed[2:], (0, None, "")], strict=False):
        if kind in Name and ((before[2] == "." and after[2] == "=") or before[2] in ("def", "class")):
            own.add(text)
    return own


def _normal(lexed: list[_Lexed], index: int, own: set[str]) -> str:
    """The token as it is compared; empty where it is not."""
    _, kind, text = lexed[index]
    if kind in String:
        return "text"
    if kind in Literal.Number:
        return _number(text)
    if kind in Name:
        is_attribute = index > 0 and lexed[index - 1][2] == "."
        if is_attribute:
            return "name" if text in own else text
        is_builtin = kind in Name.Builtin and kind not in Name.Builtin.Pseudo
        return text if is_builtin or kind in Name.Exception else "name"
    if kind in Keyword or kind in Operator or kind in Punctuation:
        return "" if text in _SILENT else text
    return text


def _number(text: str) -> str:
    """1e-3 and 0.001 are one number."""
    try:
        return f"{complex(text.replace('_', '')):.9g}"
    except ValueError:
        return text.casefold()
