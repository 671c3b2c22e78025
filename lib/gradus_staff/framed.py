"""Frames with the course's explorers: told from forged ones, and built anew from the course's own code."""

from __future__ import annotations

import html
import json
from functools import lru_cache

__all__ = ["own_page", "own_scripts"]

_MARK = "\0state\0"
_MOST = 4 * 2**20


def own_page(page: str) -> str | None:
    """The page of an explorer with the state that `page` gives it; None where the page is not one of the course's.

    Everything but the state comes from here, so that a submission can choose numbers, and no code.
    """
    if len(page) > _MOST:
        return None
    for before, after in _frames():
        if page.startswith(before) and page.endswith(after):
            try:
                state = json.loads(page[len(before) : len(page) - len(after)])
            except (ValueError, RecursionError):
                return None
            if isinstance(state, dict):
                return before + json.dumps(state).replace("<", "\\u003c") + after
    return None


def own_scripts() -> list[str]:
    """The scripts that run in the frames of the course's explorers."""
    opening = '<script type="module">'
    return [after[after.index(opening) + len(opening) : after.rindex("</script>")] for _, after in _frames()]


@lru_cache(maxsize=1)
def _frames() -> list[tuple[str, str]]:
    """What stands before and after the state in the page of every explorer."""
    from gradus import widgets
    from gradus.widgets.host import PAGE, Explorer

    found = []
    for kind in vars(widgets).values():
        if isinstance(kind, type) and issubclass(kind, Explorer) and kind is not Explorer:
            module = str(kind._esm).replace("</script", "<\\/script")
            page = PAGE.format(title=html.escape(kind.title), css=kind._css, state=_MARK, module=module)
            before, after = page.split(_MARK)
            found.append((before, after))
    return found
