"""Copies stand above chance; what was given, and what many wrote, counts for nobody."""

import os
import subprocess
import sys

import pytest
from disguise import blank, disguised, given, right_answers, work

from gradus_staff.similarity import write_page
from gradus_staff.similarity.matching import Work, piece
from gradus_staff.similarity.pairs import compare_all
from gradus_staff.similarity.reading import set_aside
from gradus_staff.similarity.tokens import prose_tokens
from gradus_staff.similarity.winnowing import NOISE, WINDOW, hashes, winnow


def compare(works, common=0.25, given_runs=frozenset(), show=20):
    set_aside(works, given_runs, common)
    return compare_all(works, show)


HOUSE = [
    "autodiff",
    "conv_pool_by_hand",
    "convnet_batchnorm",
    "exam",
    "mlp_ema_sgd",
    "soft_threshold",
    "stride_or_pool",
    "text_cnn",
]

TWINS = [{"plain_loops", "unfolded"}, {"adjoints_step_by_step", "typed"}]
"""Answers of the corpus that do share a cell, and are found to."""

LONG = 100
"""Tokens from which on an answer of the corpus is worth copying; the shortest ones say a single line."""


@pytest.mark.parametrize("assignment", HOUSE)
def test_a_disguised_copy_stands_above_all_independent_right_answers(assignment):
    answers, was_given = right_answers(assignment), given(assignment)
    size = {name: sum(len(piece.tokens) for piece in work(name, cells).pieces) for name, cells in answers.items()}
    victims = [name for name in answers if size[name] >= LONG]
    assert victims
    for victim in victims[:2]:
        works = [work(name, cells) for name, cells in answers.items()]
        copy = {name: disguised(source) for name, source in reversed(answers[victim].items())}
        found = compare([*works, work("copy", copy)], given_runs=was_given).pairs
        names = [{pair.one.student, pair.other.student} for pair in found]
        assert next(one for one in names if one not in TWINS) == {"copy", victim}
        assert min(found[names.index({"copy", victim})].shares) > 0.6


@pytest.mark.parametrize("twins", TWINS, ids=sorted)
def test_answers_that_share_a_cell_are_found(twins):
    assignment = "stride_or_pool" if "unfolded" in twins else "exam"
    works = [work(name, cells) for name, cells in right_answers(assignment).items()]
    first = compare(works, given_runs=given(assignment)).pairs[0]
    assert {first.one.student, first.other.student} == twins


@pytest.mark.parametrize("assignment", [one for one in HOUSE if one != "exam"])  # its cells ask for a line each
def test_what_was_given_counts_for_nobody(assignment):
    cells = {str(k): cell.source for k, cell in enumerate(blank(assignment).cells) if cell.cell_type == "code"}
    both = [work("ann", cells), work("bob", cells)]
    assert compare(both).fingerprints, "the control: it would be found"
    assert not compare(both, given_runs=given(assignment)).fingerprints


ANSWERS = right_answers("mlp_ema_sgd")


def test_what_many_wrote_counts_for_nobody_and_what_two_wrote_counts():
    popular, rare, *others = ANSWERS.values()
    alone = [work(f"other{k}", cells) for k, cells in enumerate(others)]
    crowd = [work(f"crowd{k}", popular) for k in range(8)]
    found = compare([*alone, *crowd, work("ann", rare), work("bob", rare)]).pairs
    assert {found[0].one.student, found[0].other.student} == {"ann", "bob"}
    assert not any("crowd" in pair.one.student and "crowd" in pair.other.student for pair in found)


def test_in_a_small_class_a_group_of_four_still_counts():
    one, other = list(ANSWERS.values())[:2]
    works = [work("ann", one), work("bob", one), work("cem", one), work("dan", one), work("eva", other)]
    assert len(compare(works).pairs) == 6


def test_a_single_copied_question_is_found_in_different_work():
    one, other, *others = ANSWERS.values()
    mixed = {**other, "C2-answer": disguised(one["C2-answer"])}
    first = compare([work("ann", one), work("bob", mixed), *(work(f"o{k}", c) for k, c in enumerate(others))]).pairs[0]
    assert {first.one.student, first.other.student} == {"ann", "bob"}
    assert first.one.pieces[first.passages[0].first[0]].title == "C2-answer"


def test_copied_prose_is_found():
    prose = (
        "With a constant rate the weights do not settle: each gradient is that of a few images, so they keep moving."
    )
    own = "Averaging keeps what many weights have in common, which is why the curve of the average is so smooth here."
    texts = {"ann": prose, "bob": prose.replace(":", " --").upper(), "cem": own}
    works = [Work(name, [piece("C3", text, prose_tokens(text), is_prose=True)]) for name, text in texts.items()]
    (pair,) = compare(works).pairs
    assert (pair.one.student, pair.other.student) == ("ann", "bob")


def test_the_longest_passage_comes_first_and_no_token_counts_twice():
    one = next(iter(ANSWERS.values()))
    doubled = {**one, "again": one["C2-answer"]}
    (pair,) = compare([work("ann", one), work("bob", doubled)]).pairs
    assert [p.length for p in pair.passages] == sorted((p.length for p in pair.passages), reverse=True)
    for side in ("first", "second"):
        places = [getattr(p, side) for p in pair.passages]
        tokens = [(i, s + k) for (i, s), p in zip(places, pair.passages, strict=True) for k in range(p.length)]
        assert len(tokens) == len(set(tokens))


def test_texts_that_share_a_long_run_share_a_fingerprint():
    shared = [f"s{k}" for k in range(NOISE + WINDOW - 1)]
    one, other = [*"abcdefg", *shared, *"hijkl"], [*"zyxw", *shared, *"vutsrqponm"]
    assert winnow(hashes(one)) & winnow(hashes(other))
    assert not set(hashes([*"abc", *shared[: NOISE - 1]])) & set(hashes([*"xyz", *shared[: NOISE - 1]]))


def test_endless_repetition_neither_counts_nor_takes_for_ever():
    flood = {"A": "1\n" * 10_000}
    assert not compare([work("ann", flood), work("bob", flood)]).pairs


def the_page(works):
    return write_page("mlp_ema_sgd", compare_all(works), [], set_aside(works, frozenset(), 0.25))


_PROGRAM = """
import sys
sys.path.insert(0, "tests/similarity")
from disguise import right_answers, work
from test_similar_pairs import the_page
print(the_page([work(name, cells) for name, cells in reversed(right_answers("mlp_ema_sgd").items())]), end="")
"""


def test_the_page_is_the_same_in_every_process_and_in_every_order(root):
    here = the_page([work(name, cells) for name, cells in ANSWERS.items()])
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", _PROGRAM]
    there = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True).stdout
    assert 'id="pair-1"' in here
    assert there == here
