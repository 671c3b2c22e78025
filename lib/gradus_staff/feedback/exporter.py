"""The feedback page, as the exporter of nbgrader's GenerateFeedback: named in nbgrader_config.py.

Notebooks that were not written for Gradus get nbgrader's own page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from pygments.formatters import HtmlFormatter
from traitlets import List, Unicode
from traitlets.config import Config

from gradus_staff.blueprint import load_blueprint
from gradus_staff.feedback.cards import cards_of, given_points
from gradus_staff.feedback.mathml import latex_output
from gradus_staff.feedback.words import markdown_html
from gradus_staff.late import policy_of, record_of

__all__ = ["FeedbackExporter"]

_TEMPLATES = Path(__file__).parent / "templates"


class _Page(TemplateExporter):
    """Our template: no HTMLExporter, so that settings of nbgrader's page do not reach it."""

    output_mimetype = "text/html"
    file_extension = Unicode(".html")
    template_name = Unicode("page").tag(affects_template=True)
    extra_template_basedirs = List(Unicode(), [str(_TEMPLATES)]).tag(affects_environment=True)

    @property
    def default_config(self) -> Config:
        kinds = ["text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/gif", "text/plain"]
        return Config({"NbConvertBase": {"display_data_priority": kinds}})

    def default_filters(self) -> Any:
        yield from super().default_filters()
        yield ("code", Highlight2HTML(pygments_lexer="ipython3"))
        yield ("words", _words)
        yield ("latex", latex_output)
        yield ("points", lambda number: f"{number:.2f}".rstrip("0").rstrip("."))


def _words(source: str, cell: NotebookNode | None = None, resources: dict[str, Any] | None = None) -> str:
    """A Markdown text as HTML, with the attachments of its cell and pictures that lie beside the notebook."""
    folder = resources["metadata"].get("path") if resources else None
    return markdown_html(source, cell.get("attachments") if cell else None, Path(folder) if folder else None)


class FeedbackExporter(HTMLExporter):
    """Writes our page for notebooks of Gradus, and nbgrader's for others."""

    def __init__(self, **kwargs: Any) -> None:
        self._page = _Page(**kwargs)
        super().__init__(**kwargs)

    def register_preprocessor(self, preprocessor: Any, enabled: bool = False) -> Any:
        self._page.register_preprocessor(preprocessor, enabled)
        return super().register_preprocessor(preprocessor, enabled)

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter's own
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        ids = (resources or {}).get("nbgrader")
        if resources is None or not ids or not _is_gradus(ids):
            return super().from_notebook_node(nb, resources, **kwargs)
        _describe(nb, resources, self.config)
        return self._page.from_notebook_node(nb, resources, **kwargs)


def _is_gradus(ids: dict[str, str]) -> bool:
    return load_blueprint(ids["db_url"], ids["assignment"], ids["notebook"]).is_gradus


def _describe(nb: NotebookNode, resources: dict[str, Any], config: Config) -> None:
    """Put everything that the template asks for into `resources["gradus"]` and the cells."""
    ids = resources["nbgrader"]
    policy = policy_of(config)
    with Gradebook(ids["db_url"]) as gradebook:
        given = given_points(gradebook, ids["notebook"], ids["assignment"], ids["student"])
        late = record_of(gradebook, policy, ids["assignment"], ids["student"]) if policy else None
        student = gradebook.find_student(ids["student"])
        name = " ".join(filter(None, [student.first_name, student.last_name])) or student.id
    cards = cards_of(nb, given, partial(_title, ids["notebook"]))
    frames = any("<iframe" in str(output.get("data", {})) for cell in nb.cells for output in cell.get("outputs", []))
    resources["gradus"] = {
        "student": name,
        "title": _first_heading(nb) or ids["notebook"],
        "cards": cards,
        "waiting": sum(card.status == "waiting" for card in cards),
        "late": late.sentence if late else "",
        "css": (_TEMPLATES / "page" / "page.css").read_text(encoding="utf-8"),
        "code_css": HtmlFormatter(style="tango").get_style_defs(".highlight"),
        "scripts": _allowed_scripts() if frames else "'none'",
    }


def _title(assignment: str, question: str) -> str:
    from gradus.question import find_question  # it imports PyTorch, and only pages of ours need it

    try:
        return str(find_question(assignment, question).title)
    except LookupError:
        return ""


def _first_heading(nb: NotebookNode) -> str:
    for cell in nb.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.splitlines()[0].removeprefix("# ").strip())
    return ""


def _allowed_scripts() -> str:
    """The page's policy for scripts: those of the course's own explorers, in their frames, and no others."""
    from gradus_staff.framed import own_scripts  # it imports PyTorch

    hashes = {base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in own_scripts()}
    return " ".join(f"'sha256-{one}'" for one in sorted(hashes))
