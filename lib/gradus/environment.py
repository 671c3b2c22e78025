"""What this computer has for the course, in sentences."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from gradus.render import display_box, list_html, list_text

__all__ = ["Part", "data_parts", "environment", "parts"]

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Part:
    """One thing that the course needs.

    status  "passed": it works; "partly": something else takes its place; "failed": the sentence says what to do
    """

    name: str
    sentence: str
    status: str = "passed"


def environment() -> None:
    """Look at everything that the course needs, and show it as a list."""
    found = list(parts())
    failed = sum(part.status == "failed" for part in found)
    title = "Everything is here" if not failed else "Something is missing; the sentences say what to do"
    lines = [(part.status, part.name, part.sentence) for part in found]
    display_box(list_html(title, lines), list_text(title, lines))


def parts() -> Iterator[Part]:
    """Everything that the course needs, from Python to the data."""
    yield _python()
    yield _torch()
    yield _matplotlib()
    yield _jupyterlab()
    yield from data_parts()


def data_parts() -> Iterator[Part]:
    """The two data sets; they are fetched if they are not here yet."""
    from gradus.data import raw_fashion, trec_files

    later = "Everything works with them, and every plot says so. Run this again when there is a network."
    if raw_fashion().origin == "stand-in":
        sentence = f"could not be fetched, so drawn stand-in images take its place. {later}"
        yield Part("Fashion-MNIST", sentence, "partly")
    else:
        yield Part("Fashion-MNIST", "is here: 60,000 pictures of clothes to learn from, and 10,000 to test on.")
    if trec_files().origin == "stand-in":
        sentence = f"could not be fetched, so stand-in questions, written by a grammar, take its place. {later}"
        yield Part("TREC", sentence, "partly")
    else:
        yield Part("TREC", "is here: 1,000 English questions to learn from, and 500 to test on.")


def _python() -> Part:
    number = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Part("Python", f"is {number}, and the course needs 3.11 or newer. Install a newer Python.", "failed")
    return Part("Python", f"{number} runs this notebook.")


def _torch() -> Part:
    try:
        import torch

        x = torch.tensor(3.0, requires_grad=True)
        (slope,) = torch.autograd.grad(x**2, x)
    except Exception as error:  # a broken installation can fail in any way
        return _broken("PyTorch", "torch", error)
    threads = torch.get_num_threads()
    return Part(
        "PyTorch",
        f"{torch.__version__} calculates, and differentiates: at x = 3, x² has the slope {slope.item():g}. "
        f"It may use {threads} {'thread' if threads == 1 else 'threads'} of this computer; no graphics card is needed.",
    )


def _matplotlib() -> Part:
    try:
        import matplotlib
        from matplotlib.figure import Figure

        figure = Figure(figsize=(1, 1))
        figure.subplots().plot([0, 1], [0, 1])
        figure.savefig(io.BytesIO(), format="png")
    except Exception as error:
        return _broken("Matplotlib", "matplotlib", error)
    return Part("Matplotlib", f"{matplotlib.__version__} draws.")


def _jupyterlab() -> Part:
    missing = [name for name in ("jupyterlab", "nbgrader", "anywidget") if not _version(name)]
    if missing:
        names = " and ".join(missing)
        return Part("JupyterLab", f"lacks {names}. Install with: pip install {' '.join(missing)}", "failed")
    return Part("JupyterLab", f"{_version('jupyterlab')} shows it, with nbgrader {_version('nbgrader')} for Validate.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _broken(name: str, package: str, error: Exception) -> Part:
    sentence = f"does not work ({type(error).__name__}: {error}). Install it again with: pip install {package}"
    return Part(name, sentence, "failed")
