"""The published proof covers every answer and every attack that there is, and fails where something is not proven."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from gradus_staff.answers import corpus_folder
from gradus_staff.proof import read_proof
from gradus_staff.proof_page import in_one_sentence, render, with_sentence


@pytest.fixture
def page(root):
    return (root / "docs" / "proof.md").read_text(encoding="utf-8")


def _listed(page: str, heading: str) -> list[str]:
    """The names at the beginning of the rows and points below a heading."""
    below = page.split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    return re.findall(r"^(?:\*|\|) `(\w+)`", below, re.MULTILINE)


def test_the_published_proof_lists_every_answer_file_and_no_other(page):
    folders = sorted({path.parent.parent for path in corpus_folder().glob("*/*/*.py")})
    assert len(folders) > 7
    for folder in folders:
        files = [path.stem for kind in ("right", "wrong") for path in sorted((folder / kind).glob("*.py"))]
        assert _listed(page, folder.name) == files, f"{folder.name}: run `make proof`, and commit docs/proof.md"


def test_the_published_proof_lists_every_attack_and_no_other(page, root):
    families = sorted({path.parent for path in (root / "tests" / "attacks").glob("*/*.py")})
    for family in families:
        attacks = sorted(path.stem for path in family.glob("*.py"))
        assert _listed(page, family.name) == attacks, f"{family.name}: run `make proof`, and commit docs/proof.md"


def test_nothing_is_unproven_in_the_published_proof(page):
    assert re.search(r"^On \d+ \w+ \d{4}: \*\*\d+ right answers\*\*", page, re.MULTILINE)
    assert "ot proven" not in page and "not shown" not in page


def test_the_readme_counts_as_the_proof_does(page, root):
    sentence = re.search(r"^On .*?: (\*\*.*)$", page, re.MULTILINE)
    assert sentence and sentence[1] in (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def repository(root, tmp_path):
    """A small one: one right answer, one wrong, one attack, and the test that grades them."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("<!-- written by `make proof` -->\n<!-- until here -->\n")
    corpus = {
        "answers/soft_threshold/right/clamps.py", "answers/soft_threshold/wrong/lost_sign.py",
        "attacks/forging/json.py", "answers/test_answers.py", "proof_log.py",
    }  # fmt: skip
    for name in corpus:
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "tests" / name, tmp_path / "tests" / name)
    (tmp_path / "tests" / "conftest.py").write_text("from proof_log import proof, pytest_addoption, pytest_configure\n")
    return tmp_path


def _grade(repository):
    record = repository / "record.json"
    command = [sys.executable, "-m", "pytest", "-q", "tests/answers", "--proof"]
    command += [
        str(record),
        "-k",
        "clamps or lost_sign or really_right",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        ".",
        "-c",
        "/dev/null",
    ]
    outcome = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=600, check=False)
    return record, outcome


def test_a_wrong_answer_that_is_not_caught_fails_the_tests_and_is_in_the_record(repository):
    wrong = repository / "tests" / "answers" / "soft_threshold" / "wrong"
    right = (wrong.parent / "right" / "clamps.py").read_text()
    code = right.split('"""')[2]
    (wrong / "really_right.py").write_text(
        f'"""Claims a mistake that it does not make.\n\nA: The sign of the cube\n"""{code}'
    )
    record, outcome = _grade(repository)
    assert outcome.returncode == 1, outcome.stdout[-3000:]
    proof = read_proof(repository, [record])
    assert [one.is_proven for one in proof.wrong["soft_threshold"]] == [True, False]
    assert [one.is_proven for one in proof.right["soft_threshold"]] == [True]
    assert proof.shortcomings() == [
        "soft_threshold/wrong/really_right: is not caught, or not by its name.",
        "soft_threshold: the blank notebook was not shown to get nothing.",
        "attacks/forging/json: was not tried.",
    ]
    assert "**Not proven:**" in render(proof)


def test_the_command_fails_where_something_is_not_proven_and_counts_only_what_is(root, tmp_path):
    record = tmp_path / "record.json"
    found = [
        {"kind": "right", "about": ["exam/right/bernoulli"], "passed": False, "points": [159, 160]},
        {"kind": "right", "about": ["exam/right/numpy_masks"], "passed": True, "points": [160, 160]},
    ]
    record.write_text(json.dumps({"date": "2025-01-31", "found": found}))
    command = [sys.executable, "-c", "from gradus.cli import main; main()", "proof", "--check", "--from", str(record)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert outcome.returncode == 1
    assert "exam/right/bernoulli: loses points." in outcome.stderr
    assert "exam/right/numpy_masks" not in outcome.stderr
    assert "attacks/forging/json: was not tried." in outcome.stderr
    proof = read_proof(root, [record])
    assert in_one_sentence(proof).startswith("**1 of ")
    readme = with_sentence("a\n<!-- written by `make proof` -->\nas of yesterday\n<!-- until here -->\nb\n", proof)
    assert in_one_sentence(proof) in readme and "yesterday" not in readme and readme.startswith("a\n")
