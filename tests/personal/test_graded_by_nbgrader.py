"""Own numbers through the whole of nbgrader: whose they are is said by the submission's folder."""

import copy

import nbformat
import pytest
from classroom import Classroom

from gradus.personal import numbers_of
from gradus_staff.key.conv_pool_typed import c_of, gradient_of
from gradus_staff.release import generate

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A course with the instructor's switch thrown; ann and bob hand in ann's typed numbers, carl his own."""
    room = Classroom(tmp_path_factory.mktemp("course"), "conv_pool_by_hand")
    path = room.root / "source" / room.assignment / f"{room.assignment}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('version=\\"fixed\\"', 'version=\\"personal\\"'))
    generate(room.course, room.assignment)
    for student, author in (("ann", "ann"), ("bob", "ann"), ("carl", "carl")):
        n = numbers_of(room.assignment, author, "gradus")
        answers = {"1C_answer": f"C = {c_of(n)}", "1D_answer": f"dE_dA = {gradient_of(n)}"}
        room.submit(student, room.answered(**copy.copy(answers)))
    done = room.nbgrader("autograde", room.assignment)
    assert done.returncode == 0, done.stderr[-2000:]
    return room


def test_the_released_notebook_draws_own_numbers(room):
    assert 'version="personal"' in "".join(cell.source for cell in nbformat.read(room.released, 4).cells)


@pytest.mark.parametrize("student", ["ann", "carl"])
def test_own_numbers_get_full_marks(room, student):
    scores = room.scores(student)
    assert (scores["1C"], scores["1D"], scores["3A"]) == (2, 3, 2)


def test_copied_numbers_lose_their_points_and_their_owner_is_named(room):
    assert (room.scores("bob")["1C"], room.scores("bob")["1C-code"]) == (0, 4)
    for question in ("1C", "1D"):
        assert any("right for ann, not for you" in s for s in room.verdicts("bob")[question]["misconceptions"])
