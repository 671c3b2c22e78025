"""Prose is marked by hand; its marking scheme never leaves the instructor."""

import nbformat
import pytest
from classroom import Classroom

pytestmark = pytest.mark.kernel


def test_a_missing_prose_answer_scores_nothing_and_shows_no_marking_scheme(tmp_path):
    room = Classroom(tmp_path / "course", "autodiff")
    assert "MARK SCHEME" in (room.root / "source" / "autodiff" / "autodiff.ipynb").read_text()
    assert "MARK SCHEME" not in room.released.read_text()
    room.submit("cut", "{")
    assert room.gradus("grade", "autodiff").returncode == 1
    assert "MARK SCHEME" not in nbformat.writes(room.autograded("cut"))
    assert set(room.scores("cut").values()) == {0}
