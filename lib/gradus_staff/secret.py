"""The course secret, and the random generators drawn from it: unguessable for students, the same at every regrade."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import numpy as np

__all__ = ["course_secret", "generator", "secret_path"]


def secret_path(course: Path) -> Path:
    """Where a course keeps its secret; git-ignored."""
    return course / ".gradus" / "secret"


def course_secret(course: Path) -> bytes:
    """The secret of a course, 32 bytes; made at first use.

    Losing it is harmless but for reproducibility: the next grading draws other hidden inputs.
    Raises ValueError where the file is there but unusable.
    """
    path = secret_path(course)
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _make(path)
    except UnicodeDecodeError:
        text = ""
    if len(text) < 32:
        raise ValueError(f"{path} does not hold a secret; delete it and grade again (hidden inputs will be drawn anew)")
    return hashlib.sha256(text.encode("ascii")).digest()


def _make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    draft.chmod(0o600)
    try:
        os.link(draft, path)  # whoever comes second keeps the first one's secret
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return course_secret(path.parent.parent)


def generator(secret: bytes, *names: str) -> np.random.Generator:
    """A random generator for (assignment, question, student): the same names always give the same draws."""
    message = "\0".join(names).encode("utf-8")
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
