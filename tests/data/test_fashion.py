"""Fashion-MNIST: from the first place that has it, standardised as the homework says; else a stand-in that says so."""

import gzip
import shutil
import stat
import subprocess
import sys

import numpy as np
import pytest
import torch

from gradus.data import (
    CLASS_NAMES,
    check_images,
    fashion_mnist,
    import_torchvision,
    raw_fashion,
    torchvision_fashion,
)
from gradus.data.fashion import FILES, LAYOUT


def test_the_real_images_are_read_where_gradus_data_has_them(real, cache):
    data = fashion_mnist(standardise=None, train_fraction=1.0)
    assert (data.origin, data.caption, data.title("loss")) == ("Fashion-MNIST", "", "loss")
    assert data.train_images.shape == (60_000, 784)
    assert data.test_images.shape == (10_000, 784)
    assert data.train_images.dtype == torch.float32
    assert data.train_labels.dtype == torch.int64
    assert data.train_images.mean(dtype=torch.float64).item() == pytest.approx(72.940, abs=1e-3)
    assert data.train_images.std().item() == pytest.approx(90.021, abs=1e-3)
    assert data.test_labels.bincount().tolist() == [1000] * 10


def test_torchvision_reads_the_same_images(real):
    raw = raw_fashion()
    for train, images, labels in (
        (True, raw.train_images, raw.train_labels),
        (False, raw.test_images, raw.test_labels),
    ):
        theirs = torchvision_fashion(train=train)
        assert np.array_equal(theirs.data.numpy(), images)
        assert np.array_equal(theirs.targets.numpy(), labels)


def test_names_and_checksums_are_those_of_torchvision():
    theirs = import_torchvision().datasets.FashionMNIST
    assert [(file.name, file.md5) for file in FILES] == theirs.resources
    assert list(CLASS_NAMES) == theirs.classes


def test_torchvision_can_be_imported_twice_and_by_its_own_name():
    code = (
        "from gradus.data import import_torchvision\n"
        "first = import_torchvision()\n"
        "import torchvision\n"
        "from torchvision import datasets, transforms\n"
        "assert first is torchvision is import_torchvision()\n"
        "print(transforms.ToTensor())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "ToTensor()\n"), done.stderr


def test_a_named_folder_that_cannot_be_written_is_only_read(real, cache, tmp_path, monkeypatch):
    named = tmp_path / "named"
    shutil.copytree(real / LAYOUT, named / LAYOUT)
    for path in (named / LAYOUT, *(named / LAYOUT).iterdir()):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    before = sorted(path.name for path in (named / LAYOUT).iterdir())
    monkeypatch.setenv("GRADUS_DATA", str(named))
    assert raw_fashion().origin == "Fashion-MNIST"
    assert sorted(path.name for path in (named / LAYOUT).iterdir()) == before
    assert len(list((cache / LAYOUT).iterdir())) == 4
    (named / LAYOUT).chmod(0o755)


def test_a_cache_that_cannot_be_written_costs_only_time(real, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("a file, not a folder")
    monkeypatch.setenv("GRADUS_CACHE", str(tmp_path / "file" / "cache"))
    assert raw_fashion().origin == "Fashion-MNIST"


def test_the_real_files_are_downloaded_where_a_mirror_has_them(real, cache, mirror, monkeypatch):
    monkeypatch.delenv("GRADUS_DATA")
    for file in FILES:
        (mirror.folder / file.name).symlink_to(real / LAYOUT / file.name)
    assert raw_fashion(mirrors=(mirror.address,)).origin == "Fashion-MNIST"
    assert sorted(mirror.log) == sorted(file.name for file in FILES)
    assert raw_fashion(mirrors=(mirror.address,)).origin == "Fashion-MNIST"
    assert len(mirror.log) == 4  # the second time from the cache


def test_a_damaged_file_is_said_and_the_cache_is_used(real, cache, tmp_path, monkeypatch, capsys):
    raw_fashion()  # fills the cache
    named = tmp_path / "named" / LAYOUT
    named.mkdir(parents=True)
    damaged = named / FILES[0].unpacked_name
    damaged.write_bytes(b"half an ima")
    monkeypatch.setenv("GRADUS_DATA", str(tmp_path / "named"))
    assert raw_fashion().origin == "Fashion-MNIST"
    assert f"{damaged} is damaged or half-written (11 bytes, 47040016 expected)" in capsys.readouterr().out


def test_a_damaged_unpacked_copy_is_said_and_unpacked_again(real, cache, capsys):
    raw_fashion()
    copy = cache / LAYOUT / FILES[2].unpacked_name
    whole = copy.read_bytes()
    copy.write_bytes(whole[:5000] + b"\0" * (len(whole) - 5000))
    assert raw_fashion().origin == "Fashion-MNIST"
    assert "is damaged" in capsys.readouterr().out
    assert copy.read_bytes() == whole


def test_a_damaged_packed_file_without_a_network_falls_to_the_stand_in(small_standin, tmp_path, monkeypatch, capsys):
    named = tmp_path / "named" / LAYOUT
    named.mkdir(parents=True)
    (named / FILES[0].name).write_bytes(gzip.compress(b"not these"))
    monkeypatch.setenv("GRADUS_DATA", str(tmp_path / "named"))
    assert fashion_mnist().origin == "stand-in"
    said = capsys.readouterr().out
    assert f"{named / FILES[0].name} is damaged" in said
    assert "could not be downloaded" in said
    assert "stand-in images" in said


def test_a_half_written_download_is_said_once_and_repaired(real, cache, mirror, monkeypatch, capsys):
    monkeypatch.delenv("GRADUS_DATA")
    for file in FILES:
        (mirror.folder / file.name).symlink_to(real / LAYOUT / file.name)
    half = cache / LAYOUT / FILES[3].name
    half.parent.mkdir(parents=True)
    half.write_bytes((mirror.folder / FILES[3].name).read_bytes()[:1000])
    for file in FILES[:3]:
        (cache / LAYOUT / file.name).symlink_to(real / LAYOUT / file.name)
    assert raw_fashion(mirrors=(mirror.address,)).origin == "Fashion-MNIST"
    assert mirror.log == [FILES[3].name]
    assert capsys.readouterr().out.count(f"{half} is damaged or half-written (1000 bytes") == 1


def test_nothing_is_written_to_stderr(small_standin, mirror, capfd):
    """nbgrader gives a graded cell that wrote to stderr no points."""
    fashion_mnist(mirrors=(mirror.address,))
    assert capfd.readouterr().err == ""


def test_the_stand_in_says_so_everywhere(small_standin, capsys):
    data = fashion_mnist(1.0)
    assert data.origin == "stand-in"
    assert data.title("loss") == "loss (stand-in images, not Fashion-MNIST)"
    assert "these are drawn stand-in images" in capsys.readouterr().out


def test_the_stand_in_lies_in_the_same_files_and_torchvision_reads_it(small_standin, cache):
    raw = raw_fashion()
    theirs = torchvision_fashion(train=False)
    assert np.array_equal(theirs.data.numpy(), raw.test_images)
    for file in FILES:
        packed = cache / "stand-in" / LAYOUT / file.name
        assert gzip.decompress(packed.read_bytes()) == packed.with_name(file.unpacked_name).read_bytes()


def test_the_stand_in_is_drawn_once(small_standin, capsys):
    first = raw_fashion(download=False)
    assert "Drawing" in capsys.readouterr().out
    second = raw_fashion(download=False)
    assert "Drawing" not in capsys.readouterr().out
    assert np.array_equal(first.train_images, second.train_images)


def test_a_damaged_stand_in_is_said_and_drawn_again(small_standin, cache, capsys):
    first = raw_fashion(download=False)
    for name in (FILES[0].name, FILES[0].unpacked_name):
        (cache / "stand-in" / LAYOUT / name).write_bytes(b"")
    second = raw_fashion(download=False)
    assert "is damaged" in capsys.readouterr().out
    assert np.array_equal(first.train_images, second.train_images)


def test_an_unpacked_stand_in_that_lost_bytes_is_unpacked_again(small_standin, cache, capsys):
    first = raw_fashion(download=False)
    copy = cache / "stand-in" / LAYOUT / FILES[0].unpacked_name
    whole = copy.read_bytes()
    copy.write_bytes(whole[:5000] + b"\0" * (len(whole) - 5000))
    assert np.array_equal(raw_fashion(download=False).train_images, first.train_images)
    assert f"{copy} is damaged" in capsys.readouterr().out
    assert copy.read_bytes() == whole


def test_two_processes_at_once_get_the_same_stand_in(cache):
    code = (
        "import gradus.data.fashion_standin as s, gradus.data as d\n"
        "s.SIZES = {'train': 600, 't10k': 200}\n"
        "raw = d.raw_fashion(download=False)\n"
        "print('sum', raw.train_images.sum(), raw.test_images.sum())"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    sums = [process.communicate(timeout=60)[0].splitlines()[-1] for process in both]
    assert sums[0].startswith("sum ")
    assert sums[0] == sums[1]
    assert not list((cache / "stand-in" / LAYOUT).glob("*.part"))


def test_the_mean_of_every_pixel_is_taken_from_the_drawn_training_images(small_standin):
    plain = fashion_mnist(0.5, standardise=None)
    centred = fashion_mnist(0.5)
    assert torch.allclose(centred.mean, plain.train_images.mean(0), atol=1e-3)
    assert torch.allclose(centred.train_images, plain.train_images - centred.mean, atol=1e-3)
    assert torch.allclose(centred.test_images, plain.test_images - centred.mean, atol=1e-3)


def test_per_pixel_divides_by_the_standard_deviation_and_leaves_dead_pixels_at_zero(small_standin):
    plain = fashion_mnist(0.1, standardise=None)
    data = fashion_mnist(0.1, standardise="per pixel")
    dead = data.std == 0
    assert dead.any()
    assert not data.test_images[:, dead].any()
    expected = (plain.train_images - data.mean) / (data.std + 1e-6)
    assert torch.allclose(data.train_images[:, ~dead], expected[:, ~dead], atol=1e-3)


def test_the_seed_draws_and_a_smaller_part_begins_a_larger_one(small_standin):
    small, large = (fashion_mnist(n_train=n, standardise=None) for n in (20, 60))
    assert torch.equal(small.train_images, large.train_images[:20])
    other = fashion_mnist(n_train=20, seed=1, standardise=None)
    assert not torch.equal(small.train_images, other.train_images)
    assert fashion_mnist(n_test=30).test_labels.shape == (30,)


def test_images_can_keep_their_shape(small_standin):
    assert fashion_mnist(n_train=5, flatten=False).train_images.shape == (5, 1, 28, 28)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"train_fraction": 0}, "train_fraction is 0: it must be above 0 and at most 1"),
        ({"train_fraction": 1.01}, "train_fraction is 1.01"),
        ({"test_fraction": float("nan")}, "test_fraction is nan"),
        ({"n_train": 601}, "n_train is 601: it must be a whole number from 1 to 600, all that there is"),
        ({"n_test": 0}, "n_test is 0"),
        ({"n_test": 2.5}, "n_test is 2.5"),
        ({"standardise": "both"}, "standardise is 'both': it must be one of 'center', 'per pixel', None"),
        ({"seed": -1}, "seed is -1: it must be a whole number from 0"),
    ],
)
def test_what_cannot_be_had_is_refused(small_standin, arguments, reason):
    with pytest.raises(ValueError, match=reason):
        fashion_mnist(**arguments)


@pytest.mark.parametrize(
    ("images", "labels", "reason"),
    [
        (torch.zeros(2, 784), torch.tensor([0, 10]), "label 10: labels are integers from 0 to 9"),
        (torch.zeros(2, 784), torch.tensor([-1, 3]), "label -1"),
        (torch.zeros(2, 32, 32), torch.tensor([0, 1]), r"shape \(32, 32\), 1024 pixels: 784 are needed"),
        (torch.zeros(2, 784), torch.tensor([0]), r"shape \(1,\) for 2 images"),
        (torch.zeros(0, 784), torch.zeros(0), "0 images"),
    ],
)
def test_images_and_labels_must_fit_together(images, labels, reason):
    with pytest.raises(ValueError, match=reason):
        check_images(images, labels)
