"""One explorer in a notebook: a live widget, and the same module in a frame for pages without a kernel."""

from __future__ import annotations

import html
import json
from typing import Any

import anywidget
import traitlets

from gradus.widgets.module import stylesheet

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>{css}</style></head>
<body class="gradus-page"><main id="explorer"></main><script type="application/json" id="state">{state}</script>
<script type="module">{module}
standAlone(render);</script></body></html>"""

FRAME = (
    '<iframe title="{title}" style="width:100%;height:{height}px;border:0;display:block" loading="lazy" '
    'srcdoc="{page}"></iframe>'
)


class Explorer(anywidget.AnyWidget):
    """What all explorers share: the page that travels with the notebook, and sentences about values that make no sense.

    A subclass sets `title`, `height` (of the frame until the page has measured itself), `_esm`, `_css` and its state.
    """

    title = "Explorer"
    height = 640
    _css = stylesheet()

    note = traitlets.Unicode("", help="A sentence about the last value that made no sense, shown in the picture.")
    note.tag(sync=True)

    def __init__(self, **state: Any) -> None:
        self._complaints: dict[str, str] = {}
        # traitlets validates initial values twice; the second time they are already the ones that were kept.
        self._is_starting = True
        super().__init__(**state)
        self._is_starting = False

    def complain(self, name: str, sentence: str) -> None:
        """Show a sentence about the trait `name`; an empty one takes an earlier sentence back."""
        if self._is_starting and not sentence:
            return
        self._complaints[name] = sentence
        self.note = " ".join(text for text in self._complaints.values() if text)

    @traitlets.observe("note")
    def _forget_complaints(self, change: Any) -> None:
        if not change.new:
            self._complaints.clear()

    def state(self) -> dict[str, Any]:
        """The state that the browser starts from, ready for JSON."""
        inherited = set(anywidget.AnyWidget.class_trait_names())
        names = [name for name in self.class_trait_names(sync=True) if name not in inherited and name[0] != "_"]
        return {name: value for name, value in self.get_state(names).items() if name in names}

    def page(self) -> str:
        """A complete HTML page with this explorer, as it is now, and nothing else."""
        state = json.dumps(self.state(), allow_nan=False).replace("<", "\\u003c")
        module = self._esm.replace("</script", "<\\/script")
        return PAGE.format(title=html.escape(self.title), css=self._css, state=state, module=module)

    def summary(self) -> str:
        """One line for terminals and for readers of the raw notebook."""
        return self.title

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]
        data["text/plain"] = self.summary()
        data["text/html"] = FRAME.format(
            title=html.escape(self.title), height=self.height, page=html.escape(self.page())
        )
        return data, metadata
