"""What happens to a gradebook as one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import Gradebook

__all__ = ["one_transaction"]


@contextmanager
def one_transaction(gradebook: Gradebook) -> Iterator[None]:
    """All that happens to the gradebook in here becomes true together, or not at all; nbgrader commits piecemeal."""
    session = gradebook.db
    commit, session.commit = session.commit, session.flush
    try:
        yield
    except BaseException:
        session.rollback()
        raise
    finally:
        session.commit = commit
    session.commit()
