"""Where data is looked for and kept: the folder that the reader names, then a cache of their own."""

import os
import sys
import tempfile
from pathlib import Path


def named_folder() -> Path | None:
    """The folder that the environment variable GRADUS_DATA names, or None. It is read, never written."""
    name = os.environ.get("GRADUS_DATA", "").strip()
    return Path(name).expanduser() if name else None


def cache_folder() -> Path:
    """The folder for downloads, unpacked files and stand-ins: GRADUS_CACHE, or the platform's cache folder.

    The folder need not exist, and need not be writable: whoever writes there handles OSError.
    """
    if name := os.environ.get("GRADUS_CACHE", "").strip():
        return Path(name).expanduser()
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if named and sys.platform != "darwin":
        return Path(named) / "gradus"
    usual = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    try:
        return Path.home() / usual / "gradus"
    except RuntimeError:  # a sandbox may have no home
        return Path(tempfile.gettempdir()) / "gradus"


def is_offline() -> bool:
    """Whether the reader forbids downloads with GRADUS_OFFLINE=1 (or true, yes, on)."""
    return os.environ.get("GRADUS_OFFLINE", "").strip().lower() in {"1", "true", "yes", "on"}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, also when two processes write it at once.

    The bytes go to a temporary file beside `path`, which then takes its name in one step. Raises OSError where the
    folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        put_in_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished temporary file its name.

    Windows refuses while another process reads the old file; then the old one, which a reader holds, stays.
    """
    try:
        os.replace(temporary, path)
    except PermissionError:
        if not path.exists():
            raise
        temporary.unlink(missing_ok=True)
