"""Writes drawn garments where Fashion-MNIST cannot be had: the same IDX files, 60,000 + 10,000 images."""

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from gradus.data import garments, idx
from gradus.data.downloads import PublishedFile, md5_of
from gradus.data.notices import say
from gradus.data.places import write_whole

VERSION = md5_of(Path(garments.__file__).read_bytes())  # when the drawing changes, every cache draws again
SEEDS = {"train": 20260701, "t10k": 20260702}
SIZES = {"train": 60_000, "t10k": 10_000}
MANIFEST = "stand-in.json"


def written_files(folder: Path) -> list[PublishedFile] | None:
    """The stand-in files that `folder` says it holds, with their checksums; None where there are none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        if manifest["version"] != VERSION:
            return None
        return [PublishedFile(**file) for file in manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, like: Sequence[PublishedFile]) -> tuple[list[PublishedFile], list[bytes]]:
    """Draw all images and write them, packed and unpacked, under the names of the real files.

    Returns the files with their checksums, and their unpacked bytes. A folder that cannot be written is said; the
    images are then drawn again at every load.
    """
    say(f"Drawing {sum(SIZES.values()):,} stand-in images, once, in a few seconds.")
    arrays = {part: garments.draw_set(SIZES[part], SEEDS[part]) for part in SIZES}
    files, contents, all_packed = [], [], []
    for real in like:
        part, kind = real.name.split("-")[:2]
        content = idx.encode(arrays[part][0 if kind == "images" else 1])
        packed = gzip.compress(content, compresslevel=1, mtime=0)
        files.append(PublishedFile(real.name, md5_of(packed), len(content), zlib.crc32(content)))
        contents.append(content)
        all_packed.append(packed)
    manifest = {"version": VERSION, "files": [asdict(file) for file in files]}
    try:
        for file, content, packed in zip(files, contents, all_packed, strict=True):
            write_whole(folder / file.name, packed)
            write_whole(folder / file.unpacked_name, content)
        write_whole(folder / MANIFEST, json.dumps(manifest, indent=1).encode())  # last: it vouches for the others
    except OSError as error:
        say(f"The stand-in images cannot be kept ({error}), so they are drawn anew at every load.")
    return files, contents
