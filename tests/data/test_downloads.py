"""What comes over the network is whole and right, or it is not there, and a sentence says why."""

import os
import time

import pytest

from gradus.data.downloads import DownloadError, PublishedFile, fetch, fetch_all, md5_of
from gradus.data.places import cache_folder, write_whole

CONTENT = b"shirts and shoes " * 5000
FILE = PublishedFile("clothes.gz", md5_of(CONTENT))


def only_file_in(folder):
    return [path.name for path in folder.iterdir()]


def test_a_file_arrives_whole(mirror, tmp_path):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    assert fetch(FILE, [mirror.address], tmp_path / "in").read_bytes() == CONTENT
    assert only_file_in(tmp_path / "in") == [FILE.name]


def test_a_truncated_file_is_said_and_tried_again_and_leaves_nothing(mirror, tmp_path, capsys):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    mirror.cut.add(FILE.name)
    with pytest.raises(DownloadError, match=f"only {len(CONTENT) // 2} of {len(CONTENT)} bytes arrived"):
        fetch(FILE, [mirror.address], tmp_path / "in")
    assert mirror.log == [FILE.name] * 2
    assert only_file_in(tmp_path / "in") == []
    assert "trying once more" in capsys.readouterr().out


def test_a_download_that_broke_once_is_repaired(mirror, tmp_path, monkeypatch):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    mirror.cut.add(FILE.name)
    monkeypatch.setattr("gradus.data.downloads.say", lambda sentence: mirror.cut.clear())
    assert fetch(FILE, [mirror.address], tmp_path / "in").read_bytes() == CONTENT


def test_a_wrong_checksum_is_refused(mirror, tmp_path):
    (mirror.folder / FILE.name).write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(DownloadError, match=f"arrived, not {FILE.md5}"):
        fetch(FILE, [mirror.address], tmp_path / "in")
    assert only_file_in(tmp_path / "in") == []


def test_a_mirror_without_the_file_is_passed_over(mirror, tmp_path):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    path = fetch(FILE, [f"{mirror.address}missing/", mirror.address], tmp_path / "in")
    assert path.read_bytes() == CONTENT
    assert mirror.log == [f"missing/{FILE.name}", FILE.name]


def test_a_404_everywhere_names_the_address(mirror, tmp_path):
    with pytest.raises(DownloadError, match=rf"{mirror.address}clothes.gz: Not Found|File not found"):
        fetch(FILE, [mirror.address], tmp_path / "in")


def test_without_a_network_the_answer_is_no_and_a_sentence(tmp_path, capsys):
    assert not fetch_all([FILE], ["http://127.0.0.1:9/"], tmp_path / "in")
    assert "clothes.gz could not be downloaded" in capsys.readouterr().out


def test_after_a_failure_the_network_rests_unless_it_is_asked_for(mirror, tmp_path):
    assert not fetch_all([FILE], ["http://127.0.0.1:9/"], tmp_path / "in")
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    assert not fetch_all([FILE], [mirror.address], tmp_path / "in")
    assert mirror.log == []
    assert fetch_all([FILE], [mirror.address], tmp_path / "in", download=True)


def test_the_rest_ends_after_ten_minutes(mirror, tmp_path):
    assert not fetch_all([FILE], ["http://127.0.0.1:9/"], tmp_path / "in")
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    os.utime(tmp_path / "in" / "download-failed", (time.time() - 601,) * 2)
    assert fetch_all([FILE], [mirror.address], tmp_path / "in")


def test_offline_means_offline(mirror, tmp_path, monkeypatch):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    monkeypatch.setenv("GRADUS_OFFLINE", "1")
    assert not fetch_all([FILE], [mirror.address], tmp_path / "in")
    assert mirror.log == []


def test_a_half_written_file_in_the_cache_is_downloaded_again(mirror, tmp_path):
    (mirror.folder / FILE.name).write_bytes(CONTENT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FILE.name).write_bytes(CONTENT[:100])
    assert fetch_all([FILE], [mirror.address], tmp_path / "in")
    assert (tmp_path / "in" / FILE.name).read_bytes() == CONTENT


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    write_whole(tmp_path / "file", b"old")
    monkeypatch.setattr("gradus.data.places.os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert only_file_in(tmp_path) == ["file"]


def test_the_cache_is_named_by_the_reader_or_lies_where_the_platform_keeps_caches(cache, tmp_path, monkeypatch):
    assert cache_folder() == cache
    monkeypatch.delenv("GRADUS_CACHE")
    monkeypatch.setattr("gradus.data.places.sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "gradus"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "gradus"
