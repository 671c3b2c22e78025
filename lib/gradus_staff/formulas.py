"""Formulas in the formgrader, from this machine: nbgrader's pages want MathJax from the internet, and stop without it.

nbgrader's template names the address itself, so no setting reaches it; the package jupyter-server-mathjax serves the
same MathJax beside the formgrader.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from typing import Any

from jinja2 import DictLoader

__all__ = ["formulas_without_internet", "with_mathjax_from_here"]

_TEMPLATE = "mathjax.html.j2"
_ELSEWHERE = re.compile(r"https://[^\"']+?/latest\.js\?config=[\w-]+")
_HERE = "../../../static/jupyter_server_mathjax/MathJax.js?config=TeX-AMS-MML_HTMLorMML-full"
"""As seen from /formgrader/submissions/ID/, whatever the server's own prefix is."""
_FONT = '"HTML-CSS": {availableFonts: [], imageFont: null, preferredFont: null, webFont: "STIX-Web"}'
"""The one font that the package holds."""


def formulas_without_internet() -> None:
    """From now on this server's formgrader takes MathJax from this machine; nbgrader_config.py calls this.

    Does nothing where no formgrader is being started.
    """
    formgrader = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if formgrader is None or importlib.util.find_spec("jupyter_server_mathjax") is None:
        return
    extension = formgrader.FormgradeExtension
    usual = extension.init_tornado_settings
    if getattr(usual, "is_local", False):
        return

    def init_tornado_settings(self: Any, webapp: Any) -> None:
        usual(self, webapp)
        with_mathjax_from_here(webapp.settings["nbgrader_exporter"])

    init_tornado_settings.is_local = True  # type: ignore[attr-defined]  # the configuration is read more than once
    extension.init_tornado_settings = init_tornado_settings


def with_mathjax_from_here(exporter: Any) -> None:
    """Change the address in nbconvert's own piece of template. exporter: an HTMLExporter"""
    source, _, _ = exporter.environment.loader.get_source(exporter.environment, _TEMPLATE)
    source = _ELSEWHERE.sub(_HERE, source).replace("CommonHTML: {", f"{_FONT}, CommonHTML: {{")
    exporter.extra_loaders = [DictLoader({_TEMPLATE: source})]
