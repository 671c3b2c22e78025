"""The TREC questions: real files where they can be had, else questions from a grammar that say so."""

from collections import Counter

import pytest

from gradus.data import TREC_CLASSES, trec, trec_files
from gradus.data.question_patterns import RULES
from gradus.data.trec_questions import TEST, TRAIN_5500, _parse


def test_the_real_questions_are_found_by_path(real):
    files = trec_files()
    assert (files.train.name, files.test.name) == ("train_1000.label", "TREC_10.label")
    assert (files.origin, files.title("accuracy")) == ("TREC", "accuracy")


def test_the_real_questions_are_read_whole(real):
    questions = trec()
    assert (len(questions.train_texts), len(questions.test_texts)) == (1000, 500)
    assert questions.train_labels.bincount().tolist() == [18, 211, 244, 220, 156, 151]
    assert questions.test_labels.bincount().tolist() == [9, 138, 94, 65, 81, 113]
    assert sum(not text.isascii() for text in questions.train_texts) == 1
    assert not questions.train_texts[65].isascii()
    assert len(trec(5500).train_texts) == 5452
    assert sum(":" in text for text in questions.train_texts) > 0


def test_the_short_file_is_the_beginning_of_the_long_one(real, cache, tmp_path, monkeypatch):
    folder = tmp_path / "named" / "TREC"
    folder.mkdir(parents=True)
    for name in (TRAIN_5500.name, TEST.name):
        (folder / name).write_bytes((real / "TREC" / name).read_bytes())
    monkeypatch.setenv("GRADUS_DATA", str(tmp_path / "named"))
    files = trec_files(1000)
    assert files.train == cache / "TREC" / "train_1000.label"
    assert files.train.read_bytes() == (real / "TREC" / "train_1000.label").read_bytes()


def test_the_real_files_are_downloaded_where_a_mirror_has_them(real, cache, mirror, monkeypatch):
    monkeypatch.delenv("GRADUS_DATA")
    for name in (TRAIN_5500.name, TEST.name):
        (mirror.folder / name).symlink_to(real / "TREC" / name)
    assert trec_files(mirrors=(mirror.address,)).origin == "TREC"
    assert trec_files(mirrors=(mirror.address,)).train == cache / "TREC" / "train_1000.label"
    assert len(mirror.log) == 2


def test_no_stand_in_question_is_a_real_one(real, monkeypatch):
    def texts(questions):
        return {text.lower() for text in questions.train_texts + questions.test_texts}

    theirs = texts(trec(5500))
    monkeypatch.delenv("GRADUS_DATA")
    assert not theirs & texts(trec(5500, download=False))


def test_without_files_and_network_the_questions_are_stand_ins_and_say_so(cache, capsys):
    questions = trec()
    assert questions.origin == "stand-in"
    assert questions.title("accuracy") == "accuracy (stand-in questions, not TREC)"
    assert questions.files.train == cache / "stand-in" / "TREC" / "train_1000.label"
    said = capsys.readouterr().out
    assert "could not be downloaded" in said
    assert "stand-in questions" in said


def test_a_damaged_file_is_said_and_not_used(tmp_path, monkeypatch, capsys):
    (tmp_path / "named" / "TREC").mkdir(parents=True)
    (tmp_path / "named" / "TREC" / "TREC_10.label").write_text("LOC:city Where")
    monkeypatch.setenv("GRADUS_DATA", str(tmp_path / "named"))
    assert trec_files().origin == "stand-in"
    assert "TREC_10.label is damaged" in capsys.readouterr().out


def test_the_stand_in_has_the_sizes_and_the_shape_of_the_real_files(cache):
    small, large = trec_files(1000, download=False), trec_files(5500, download=False)
    lines = large.train.read_bytes().split(b"\n")
    assert len(lines) == 5453
    assert small.train.read_bytes().split(b"\n")[:1000] == lines[:1000]
    assert len(small.test.read_bytes().split(b"\n")) == 501
    everything = b"\n".join(lines)
    assert any(byte >= 128 for byte in everything), "nothing to read as Latin-1"
    assert any(line.count(b":") > 1 for line in lines), "no question with a colon of its own"
    assert set(Counter(coarse for _, coarse in _parse(small.train))) == set(TREC_CLASSES)


def test_in_the_stand_in_the_order_of_words_matters(cache):
    """Many bags of words (nouns and verbs taken as their kinds) are asked in two classes or more."""
    kinds = {
        word: rule for rule in ("role", "place", "thing", "kind", "did", "sold") for word in RULES[rule].split("|")
    }
    bags: dict = {}
    for text, coarse in _parse(trec_files(5500, download=False).train):
        bag = tuple(sorted(kinds.get(word, word) for word in text.lower().split()))
        bags.setdefault(bag, set()).add(coarse)
    assert sum(len(classes) > 1 for classes in bags.values()) >= 10


def test_a_cache_that_cannot_be_written_still_gives_paths(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("a file, not a folder")
    monkeypatch.setenv("GRADUS_CACHE", str(tmp_path / "file" / "cache"))
    assert trec_files(download=False).train.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "holds no questions"),
        ("LOC:city Where is it ?\nWhere is it", "line 2 has no colon: expected COARSE:fine text, got 'Where is it'"),
        ("PLACE:city Where is it ?", "line 1 has the class 'PLACE': it must be one of ABBR, DESC"),
        ("LOC:city", "line 1 has no question after its label"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, content, reason):
    (tmp_path / "questions").write_text(content)
    with pytest.raises(ValueError, match=reason):
        _parse(tmp_path / "questions")


def test_a_colon_in_the_question_stays(tmp_path):
    (tmp_path / "questions").write_bytes("HUM:ind Who wrote `` Café : a Play '' ?\n".encode("latin-1"))
    assert _parse(tmp_path / "questions") == [("Who wrote `` Café : a Play '' ?", "HUM")]


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="size is 2000: it must be one of 1000, 5500"):
        trec_files(2000)
