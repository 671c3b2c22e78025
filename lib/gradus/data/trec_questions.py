"""The TREC questions, six classes of what is asked for: where their files are, and what is in them.

Source: Li and Roth, Learning Question Classifiers, COLING 2002. No licence is stated, so the files are downloaded from
their authors' site and never shipped. Format: one question a line, Latin-1, `COARSE:fine text`.
"""

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from gradus.data import trec_standin
from gradus.data.checks import check_choice
from gradus.data.downloads import PublishedFile, fetch_all, intact_bytes
from gradus.data.notices import say
from gradus.data.places import cache_folder, named_folder, write_whole

TREC_CLASSES = ("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM")
MIRRORS = ("https://cogcomp.seas.upenn.edu/Data/QA/QC/", "http://cogcomp.org/Data/QA/QC/")
TRAIN_5500 = PublishedFile("train_5500.label", "073462e3fcefaae31e00edb1f18d2d02")
TRAIN_1000 = PublishedFile("train_1000.label", "a91bd5d032fca27907939a4f6184e308")  # the first 1,000 lines of it
TEST = PublishedFile("TREC_10.label", "323a3554401d86e650717e2d2f942589")
SIZES = {1000: TRAIN_1000, 5500: TRAIN_5500}
LAYOUT = Path("TREC")
REAL, STAND_IN = "TREC", "stand-in"


@dataclass(frozen=True)
class TrecFiles:
    """Two files of questions: `train` and `test` are paths, `origin` is "TREC" or "stand-in"."""

    train: Path
    test: Path
    origin: str

    @property
    def caption(self) -> str:
        """What a plot or a log line must say about the data: empty for the real ones."""
        return "" if self.origin == REAL else "stand-in questions, not TREC"

    def title(self, text: str) -> str:
        """A plot's title that does not hide where the data came from."""
        return f"{text} ({self.caption})" if self.caption else text


@dataclass(frozen=True)
class Trec:
    """The questions of both files.

    train_texts  tuple of n strings        train_labels  (n,) int64, places in class_names        test_... likewise
    """

    train_texts: tuple[str, ...]
    train_labels: torch.Tensor
    test_texts: tuple[str, ...]
    test_labels: torch.Tensor
    files: TrecFiles
    class_names: tuple[str, ...] = TREC_CLASSES

    @property
    def origin(self) -> str:
        return self.files.origin

    @property
    def caption(self) -> str:
        return self.files.caption

    def title(self, text: str) -> str:
        return self.files.title(text)


def trec_files(size: int = 1000, *, download: bool | None = None, mirrors: Sequence[str] | None = None) -> TrecFiles:
    """Paths of a training file and the test file (500 questions).

    size       1000 or 5500: the published names, of 1,000 and 5,452 questions
    download   None: if needed and not tried in the last ten minutes.  True: try.  False: never

    Looked for in $GRADUS_DATA/TREC, in the cache, and on the network; where all fail, a small grammar writes stand-in
    questions, and one sentence says so. The files may lie where they cannot be written: copy before you change them.
    """
    check_choice(size, tuple(SIZES), "size")
    cache = cache_folder() / LAYOUT
    named = named_folder()
    folders = [cache] if named is None else [named / LAYOUT, cache]
    train, test = _find_train(size, folders), _find(TEST, folders)
    if not (train and test) and fetch_all((TRAIN_5500, TEST), mirrors or MIRRORS, cache, download):
        train, test = train or _find_train(size, [cache]), test or _find(TEST, [cache])
    if train and test:
        return TrecFiles(train, test, REAL)
    say(
        "The TREC questions were neither found nor downloaded, so these are stand-in questions written by a grammar: "
        "numbers and pictures made from them are not those of TREC."
    )
    folder = cache_folder() / "stand-in" / LAYOUT
    contents = trec_standin.contents()
    return TrecFiles(
        _keep(folder / SIZES[size].name, contents[SIZES[size].name]),
        _keep(folder / TEST.name, contents[TEST.name]),
        STAND_IN,
    )


def trec(size: int = 1000, *, download: bool | None = None, mirrors: Sequence[str] | None = None) -> Trec:
    """The questions and their coarse classes, read; arguments as for trec_files."""
    files = trec_files(size, download=download, mirrors=mirrors)
    train, test = _parse(files.train), _parse(files.test)
    return Trec(
        tuple(text for text, _ in train),
        torch.tensor([TREC_CLASSES.index(coarse) for _, coarse in train]),
        tuple(text for text, _ in test),
        torch.tensor([TREC_CLASSES.index(coarse) for _, coarse in test]),
        files,
    )


def _find(file: PublishedFile, folders: list[Path]) -> Path | None:
    """The first intact copy; damaged ones on the way are said."""
    return next((f / file.name for f in folders if intact_bytes(f / file.name, file) is not None), None)


def _find_train(size: int, folders: list[Path]) -> Path | None:
    path = _find(SIZES[size], folders)
    if path is None and size == 1000 and (longer := _find(TRAIN_5500, folders)):
        first = b"".join(longer.read_bytes().splitlines(keepends=True)[:1000])
        path = _keep(cache_folder() / LAYOUT / TRAIN_1000.name, first)
    return path


def _keep(path: Path, content: bytes) -> Path:
    """A file with this content: `path` if it can be written, else one in a temporary folder."""
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return path
    try:
        write_whole(path, content)
    except OSError:
        path = Path(tempfile.mkdtemp(prefix="gradus-")) / path.name
        write_whole(path, content)
    return path


def _parse(path: Path) -> list[tuple[str, str]]:
    """(text, coarse class) of every line."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="latin-1").split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        coarse, colon, rest = line.strip().partition(":")
        if not colon:
            raise ValueError(f"{where} has no colon: expected COARSE:fine text, got {line.strip()[:60]!r}")
        if coarse not in TREC_CLASSES:
            raise ValueError(f"{where} has the class {coarse!r}: it must be one of {', '.join(TREC_CLASSES)}")
        text = rest.partition(" ")[2].strip()
        if not text:
            raise ValueError(f"{where} has no question after its label {line.strip()!r}")
        pairs.append((text, coarse))
    if not pairs:
        raise ValueError(f"{path} holds no questions: at least 1 line COARSE:fine text is needed")
    return pairs
