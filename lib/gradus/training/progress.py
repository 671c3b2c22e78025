"""How far along an experiment is: one bar, in a notebook or a terminal, that can be silent."""

import sys
import warnings
from collections.abc import Iterable

with (
    warnings.catch_warnings()
):  # without ipywidgets tqdm warns on stderr, and plain nbgrader takes stderr for a failure
    warnings.simplefilter("ignore")
    from tqdm.auto import tqdm

from gradus.scale import runs_small

__all__ = ["progress_bar"]


def progress_bar(steps: Iterable, label: str, is_wanted: bool | None = None) -> Iterable:
    """The steps, with a progress bar while they are taken; None means: wanted, except while grading or validating.

    The bar goes to stdout and disappears when done: nbgrader gives 0 points to a cell that writes to stderr.
    """
    if is_wanted is None:
        is_wanted = not runs_small()
    return tqdm(steps, desc=label, disable=not is_wanted, file=sys.stdout, leave=False)
