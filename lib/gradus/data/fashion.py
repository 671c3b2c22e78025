"""Fashion-MNIST as the homework uses it: a random part of the training images, standardised, with its labels.

Source: Xiao, Rasul, Vollgraf, arXiv:1708.07747 (MIT licence). Names, layout and checksums are those of
torchvision.datasets.FashionMNIST, so that `torchvision_fashion()` reads the very same files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch

from gradus.data import fashion_standin, idx
from gradus.data.checks import check_choice, check_count, check_fraction, check_images, check_seed
from gradus.data.downloads import PublishedFile, fetch_all
from gradus.data.notices import say
from gradus.data.operators import import_torchvision
from gradus.data.packed import read_unpacked
from gradus.data.places import cache_folder, named_folder

CLASS_NAMES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip
MIRRORS = (
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
)
FILES = (
    PublishedFile("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d", 47040016, 0xB4F29F28),
    PublishedFile("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe", 60008, 0x741A4657),
    PublishedFile("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79", 7840016, 0x678FE0B1),
    PublishedFile("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310", 10008, 0x80142C1F),
)
LAYOUT = Path("FashionMNIST") / "raw"
REAL, STAND_IN = "Fashion-MNIST", "stand-in"
SIDE = 28

Standardise = Literal["center", "per pixel", None]


@dataclass(frozen=True)
class RawFashion:
    """All images as published: (n, 28, 28) uint8 arrays, 0 to 255, and (n,) uint8 labels, 0 to 9; read-only."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    origin: str


@dataclass(frozen=True)
class Fashion:
    """The images of an experiment.

    train_images (n, 784) float32, or (n, 1, 28, 28) where not flattened       train_labels (n,) int64, 0 to 9
    test_images  and test_labels likewise
    mean, std    (784,) float32, of the drawn training images before standardising, in pixel values 0 to 255
    origin       "Fashion-MNIST" or "stand-in"
    """

    train_images: torch.Tensor
    train_labels: torch.Tensor
    test_images: torch.Tensor
    test_labels: torch.Tensor
    mean: torch.Tensor
    std: torch.Tensor
    origin: str
    class_names: tuple[str, ...] = CLASS_NAMES

    @property
    def caption(self) -> str:
        """What a plot or a log line must say about the data: empty for the real ones."""
        return "" if self.origin == REAL else "stand-in images, not Fashion-MNIST"

    def title(self, text: str) -> str:
        """A plot's title that does not hide where the data came from."""
        return f"{text} ({self.caption})" if self.caption else text


def fashion_mnist(
    train_fraction: float = 0.1,
    *,
    test_fraction: float = 1.0,
    n_train: int | None = None,
    n_test: int | None = None,
    seed: int = 0,
    standardise: Standardise = "center",
    flatten: bool = True,
    download: bool | None = None,
    mirrors: Sequence[str] | None = None,
) -> Fashion:
    """A random part of Fashion-MNIST, ready to train on.

    train_fraction, test_fraction   in (0, 1], of 60,000 and 10,000 images; n_train, n_test give counts in their place
    seed         draws the images; with one seed, a smaller part is the beginning of a larger one
    standardise  "center":    x - mean           of every pixel over the drawn training images; values up to 255
                 "per pixel": (x - mean) / (std + 1e-6), and 0 where a pixel never varies in training
                 None:        x, 0 to 255
    flatten      (n, 784), or (n, 1, 28, 28)
    download     None: if needed and not tried in the last ten minutes.  True: try.  False: never

    Looked for in $GRADUS_DATA/FashionMNIST/raw, in the cache, and on the network; where all fail, stand-in images are
    drawn, and one sentence says so. Takes about 0.1 s once the cache is warm.
    """
    check_choice(standardise, ("center", "per pixel", None), "standardise")
    check_fraction(train_fraction, "train_fraction")
    check_fraction(test_fraction, "test_fraction")
    check_seed(seed)
    raw = raw_fashion(download=download, mirrors=mirrors)
    if raw.origin == STAND_IN:
        say(
            "Fashion-MNIST was neither found nor downloaded, so these are drawn stand-in images: "
            "numbers and pictures made from them are not those of Fashion-MNIST."
        )
    train = _draw(len(raw.train_images), n_train, train_fraction, "n_train", np.random.default_rng([seed, 0]))
    test = _draw(len(raw.test_images), n_test, test_fraction, "n_test", np.random.default_rng([seed, 1]))
    x_train = raw.train_images[train].reshape(-1, SIDE * SIDE).astype(np.float32)
    x_test = raw.test_images[test].reshape(-1, SIDE * SIDE).astype(np.float32)
    mean = x_train.mean(axis=0, dtype=np.float64).astype(np.float32)
    std = x_train.std(axis=0, dtype=np.float64).astype(np.float32)
    if standardise is not None:
        x_train -= mean
        x_test -= mean
    if standardise == "per pixel":
        scale = np.where(std > 0, 1 / (std + np.float32(1e-6)), 0).astype(np.float32)
        x_train *= scale
        x_test *= scale
    shape = (-1, SIDE * SIDE) if flatten else (-1, 1, SIDE, SIDE)
    return Fashion(
        torch.from_numpy(x_train).reshape(shape),
        torch.from_numpy(raw.train_labels[train].astype(np.int64)),
        torch.from_numpy(x_test).reshape(shape),
        torch.from_numpy(raw.test_labels[test].astype(np.int64)),
        torch.from_numpy(mean),
        torch.from_numpy(std),
        raw.origin,
    )


def _draw(available: int, count: int | None, fraction: float, name: str, rng: np.random.Generator) -> np.ndarray:
    """Indices of the drawn images; all of them stay in their order."""
    if count is None:
        count = max(1, round(fraction * available))
    check_count(count, available, name)
    return np.arange(available) if count == available else rng.permutation(available)[:count]


def raw_fashion(download: bool | None = None, mirrors: Sequence[str] | None = None) -> RawFashion:
    """All 70,000 images as published, from the first place that has them; see fashion_mnist."""
    cache = cache_folder() / LAYOUT
    named = named_folder()
    folders = [cache] if named is None else [named / LAYOUT, cache]
    contents = _read_all(FILES, folders, keep_in=cache)
    if contents is None and fetch_all(FILES, mirrors or MIRRORS, cache, download):
        contents = _read_all(FILES, [cache], keep_in=cache)
    if contents is not None:
        return _decoded(FILES, contents, REAL)
    root = standin_root()
    files = fashion_standin.written_files(root / LAYOUT)
    contents = _read_all(files, [root / LAYOUT], keep_in=root / LAYOUT) if files else None
    if contents is None:
        files, contents = fashion_standin.write(root / LAYOUT, FILES)
    return _decoded(files, contents, STAND_IN)


def standin_root() -> Path:
    """Where the drawn images lie: a root as torchvision.datasets.FashionMNIST takes it."""
    return cache_folder() / "stand-in"


def torchvision_fashion(train: bool = True, transform=None, target_transform=None, download: bool | None = None):
    """The same files as a torchvision.datasets.FashionMNIST, with torchvision's transforms.

    Needs a cache that can be written: torchvision reads unpacked files only.
    """
    datasets = import_torchvision().datasets
    raw = raw_fashion(download)
    root = cache_folder() if raw.origin == REAL else standin_root()
    for file in FILES:
        if not (root / LAYOUT / file.unpacked_name).exists():
            raise OSError(f"{root / LAYOUT} cannot be written: name another cache with the variable GRADUS_CACHE")
    return datasets.FashionMNIST(str(root), train=train, transform=transform, target_transform=target_transform)


def _read_all(files, folders: list[Path], keep_in: Path) -> list[bytes] | None:
    contents = []
    for file in files:
        content = read_unpacked(file, folders, keep_in)
        if content is None:
            return None
        contents.append(content)
    return contents


def _decoded(files, contents: list[bytes], origin: str) -> RawFashion:
    train_images, train_labels, test_images, test_labels = (
        idx.decode(content, file.unpacked_name) for file, content in zip(files, contents, strict=True)
    )
    check_images(train_images, train_labels, name="the training set")
    check_images(test_images, test_labels, name="the test set")
    return RawFashion(train_images, train_labels, test_images, test_labels, origin)
