"""The secret: made once, out of git, unguessable; the same names always give the same draws."""

import numpy as np
import pytest

from gradus_staff.secret import course_secret, generator, secret_path


def test_it_is_made_at_first_use_and_stays(tmp_path):
    first = course_secret(tmp_path)
    assert course_secret(tmp_path) == first
    assert len(first) == 32
    assert secret_path(tmp_path).stat().st_mode & 0o077 == 0
    assert (secret_path(tmp_path).parent / ".gitignore").read_text() == "*\n"


def test_two_courses_have_different_secrets(tmp_path):
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


@pytest.mark.parametrize("text", ["", "short", "\xff\xfe"])
def test_an_unusable_secret_is_said(tmp_path, text):
    course_secret(tmp_path)
    secret_path(tmp_path).write_bytes(text.encode("latin-1"))
    with pytest.raises(ValueError, match="delete it and grade again"):
        course_secret(tmp_path)


def test_the_same_names_give_the_same_draws_and_any_other_name_others():
    draw = lambda *names: generator(b"s", *names).normal(size=4)  # noqa: E731
    np.testing.assert_array_equal(draw("soft", "A", "ann"), draw("soft", "A", "ann"))
    others = [draw("soft", "A", "bob"), draw("soft", "B", "ann"), draw("hard", "A", "ann"), draw("softA", "", "ann")]
    assert not any(np.array_equal(draw("soft", "A", "ann"), other) for other in others)
    assert not np.array_equal(generator(b"t", "x").normal(size=4), generator(b"s", "x").normal(size=4))
