"""One published file: its checksum, and how it comes over the network."""

import contextlib
import hashlib
import http.client
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradus.data.notices import say
from gradus.data.places import is_offline, put_in_place

ATTEMPTS = 2  # for each mirror, when what arrived was damaged; an error answer is not asked again
TIMEOUT_SECONDS = 10.0
REST_AFTER_FAILURE_SECONDS = 600.0
CHUNK_BYTES = 1 << 16


@dataclass(frozen=True)
class PublishedFile:
    """A file as its authors published it.

    name    its file name                                   md5  of its bytes, 32 hexadecimal digits
    unpacked_bytes, unpacked_crc32   of what a .gz holds; 0 where the file is not packed
    """

    name: str
    md5: str
    unpacked_bytes: int = 0
    unpacked_crc32: int = 0

    @property
    def unpacked_name(self) -> str:
        return self.name.removesuffix(".gz")


class DownloadError(OSError):
    """A file did not arrive; the message says for every mirror why."""


def md5_of(content: bytes) -> str:
    """The checksum that torchvision's table uses. It guards against accidents, not against attackers."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def intact_bytes(path: Path, file: PublishedFile) -> bytes | None:
    """The bytes of `path` where it is the published file; None where there is none; where it is damaged, a sentence."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        say(f"{path} cannot be read ({error.strerror or error}), so it is not used.")
        return None
    found = md5_of(content)
    if found == file.md5:
        return content
    say(f"{path} is damaged or half-written ({len(content)} bytes, MD5 {found}, not {file.md5}), so it is not used.")
    return None


def fetch(file: PublishedFile, mirrors: Sequence[str], folder: Path, timeout_seconds: float = TIMEOUT_SECONDS) -> Path:
    """Download one file into `folder`, whole and checked or not at all.

    mirrors   addresses of folders, tried in turn, each ending in "/"
    Returns the path. Raises DownloadError where no mirror gave the right bytes, OSError where `folder` cannot be
    written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reasons = []
    for mirror in mirrors:
        url = mirror + file.name
        for attempt in range(1, ATTEMPTS + 1):
            handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=folder)
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as out:
                    problem = _receive(url, out, file, timeout_seconds)
                if problem is None:
                    temporary.chmod(0o644)
                    put_in_place(temporary, folder / file.name)
                    return folder / file.name
            except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
                reasons.append(f"{url}: {getattr(error, 'reason', None) or error}")
                break  # the mirror cannot be reached or does not have the file: the next one
            finally:
                temporary.unlink(missing_ok=True)
            reasons.append(f"{url}: {problem}")
            if attempt < ATTEMPTS:
                say(f"The download of {url} was damaged ({problem}); trying once more.")
    raise DownloadError(f"{file.name} could not be downloaded ({'; '.join(reasons) or 'no address is known'})")


def _receive(url: str, out, file: PublishedFile, timeout_seconds: float) -> str | None:
    """Copy the answer of `url` to `out` under a progress bar; returns what is wrong with it, or None."""
    from tqdm.auto import tqdm  # the bar's notebook half is slow to import, and most loads need no bar

    digest = hashlib.md5(usedforsecurity=False)
    received = 0
    request = urllib.request.Request(url, headers={"User-Agent": "gradus"})
    with urllib.request.urlopen(request, timeout=timeout_seconds) as answer:
        length = answer.headers.get("Content-Length", "")
        expected = int(length) if length.isdigit() else None
        bar = tqdm(total=expected, unit="B", unit_scale=True, desc=file.name, file=sys.stdout, leave=False)
        with bar:
            while chunk := answer.read(CHUNK_BYTES):
                out.write(chunk)
                digest.update(chunk)
                received += len(chunk)
                bar.update(len(chunk))
    if expected is not None and received < expected:
        return f"only {received} of {expected} bytes arrived"
    if digest.hexdigest() != file.md5:
        return f"{received} bytes with MD5 {digest.hexdigest()} arrived, not {file.md5}"
    return None


def fetch_all(
    files: Sequence[PublishedFile],
    mirrors: Sequence[str],
    folder: Path,
    download: bool | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> bool:
    """Download every file that `folder` does not hold intact; returns whether it then holds all.

    download   True: try now.   False: never.   None: try, unless GRADUS_OFFLINE is set or the last try failed less
               than ten minutes ago, so that a class without a network does not wait at every load.
    Why a download failed is said in one sentence.
    """
    failed = folder / "download-failed"
    if download is False or (download is None and (is_offline() or _age_seconds(failed) < REST_AFTER_FAILURE_SECONDS)):
        return False
    try:
        for file in files:
            path = folder / file.name
            if not (path.exists() and md5_of(path.read_bytes()) == file.md5):
                fetch(file, mirrors, folder, timeout_seconds)
        failed.unlink(missing_ok=True)
    except OSError as error:
        say(f"{error}." if isinstance(error, DownloadError) else f"Nothing was downloaded: {error}.")
        with contextlib.suppress(OSError):  # a cache that cannot be written cannot remember the failure either
            failed.touch()
        return False
    return True


def _age_seconds(path: Path) -> float:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return float("inf")
